"""The public door on the database of a test: everything else as it is served."""

import os

from mekhala.config.settings import public

public.DATABASES["default"]["NAME"] = os.environ["MEKHALA_TEST_DATABASE"]
public.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
public.WHITENOISE_USE_FINDERS = True

from mekhala.config.wsgi import application  # noqa: E402

__all__ = ["application"]
