"""The application of whichever door ``DJANGO_SETTINGS_MODULE`` names."""

import os

from django.core.wsgi import get_wsgi_application

from mekhala.config.production.findings import refuse_if_unsafe
from mekhala.safeguards.outbound import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
application = get_wsgi_application()


def _make_safe() -> None:
    """Stay shut where it would not be safe; let casework ask the key service, the public nobody."""
    from django.conf import settings
    from django.db import connection

    refuse_if_unsafe(settings.DOOR)
    connection.close()
    guard(keys=settings.DOOR == "casework")


_make_safe()
