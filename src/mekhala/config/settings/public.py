"""The public door: published tables and paper checks, nothing else, as its own role."""

from typing import Any

from mekhala.config import roles
from mekhala.config.database import database
from mekhala.config.home import proxies

from . import base
from .base import *  # noqa: F403

DOOR = "public"
DATABASES = {"default": database(roles.PUBLIC)}
ROOT_URLCONF = "mekhala.web.public.urls"
WSGI_APPLICATION = "mekhala.config.wsgi.application"
CONTEXT = "mekhala.web.public.page.page"
PROCESSORS = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "django.template.context_processors.csp",
    CONTEXT,
]
_pages: dict[str, Any] = base.TEMPLATES[0]
# A new dict: the officers' own processors stay in the base settings wherever both are read.
TEMPLATES = [_pages | {"OPTIONS": _pages["OPTIONS"] | {"context_processors": PROCESSORS}}]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# Nobody signs in here: without these there are no accounts, no sessions, nothing to run tasks.
ABSENT = ("allauth", "django.contrib.sessions", "django.contrib.messages", "django_tasks_db")
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith(ABSENT)]  # noqa: F405
# Behind TLS there is a proxy, and every address would be its own.
PROXIES = proxies("MEKHALA_PUBLIC_PROXIES", "1" if PUBLIC_URL.startswith("https://") else "0")  # noqa: F405
