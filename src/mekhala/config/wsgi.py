"""The application of whichever door ``DJANGO_SETTINGS_MODULE`` names."""

import gc
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


def _settle() -> None:
    """Load what is served, and let the collector of cycles leave it alone from here on.

    Some 300,000 objects stay for good. Looking through them again and again took a fifth of the
    processor time of a request.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads every page
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


_make_safe()
_settle()
