"""The application of whichever door ``DJANGO_SETTINGS_MODULE`` names."""

import os

from django.core.wsgi import get_wsgi_application

from mekhala.safeguards.outbound import guard

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
application = get_wsgi_application()


def _shut_in() -> None:
    """Let the casework door ask the key service, the public door nobody."""
    from django.conf import settings

    guard(keys=settings.DOOR == "casework")


_shut_in()
