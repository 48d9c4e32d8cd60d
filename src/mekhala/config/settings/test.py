"""For tests: the casework door, no pool, a fast password hash, files served as they are."""

import os
import tempfile

os.environ.setdefault("MEKHALA_HOME", tempfile.mkdtemp(prefix="mekhala-test-"))

from mekhala.config import roles
from mekhala.config.database import database

from .casework import *  # noqa: F403

DATABASES = {"default": database(roles.APP, pooled=False)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
FIELD_PER_MINUTE = 100_000
API_PER_SECOND = 100_000  # tests ask without pausing; those of the rate set their own
