"""What every door shares. Each value comes from the environment once, here."""

import os
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from mekhala.config.home import CLONE, audit_key, home, kept_secret, port

PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
SECRET_KEY = os.environ.get("MEKHALA_SECRET_KEY") or kept_secret("django")
KEYS_SOCKET = os.environ.get("MEKHALA_KEYS_SOCKET", "")  # else as keys.socket says
KEYS_NAMED, KEYS_PUBLIC = home() / "keys.socket", home() / "keys.public"
# Numbers to call, for the paper given to who says no: "Name: number", with semicolons between.
HELP_NUMBERS = [
    tuple(part.strip() for part in line.rpartition(":")[::2])
    for line in os.environ.get("MEKHALA_HELP_NUMBERS", "").split(";")
    if ":" in line
]
PORT = port("PORT", "8000")
PUBLIC_PORT = port("MEKHALA_PUBLIC_PORT", str(int(PORT) + 1))
CASEWORK_URL = os.environ.get("MEKHALA_URL") or f"http://localhost:{PORT}"
PUBLIC_URL = os.environ.get("MEKHALA_PUBLIC_URL") or f"http://localhost:{PUBLIC_PORT}"
ALLOWED_HOSTS = os.environ.get("MEKHALA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# Where phones send: a host of its own, if there is one, with a neutral name.
FIELD_URL = (os.environ.get("MEKHALA_FIELD_URL") or f"{CASEWORK_URL}/f").rstrip("/")
# Hours without contact after which the browser app locks, and after twice as many wipes itself.
FIELD_SILENCE_HOURS = int(os.environ.get("MEKHALA_FIELD_SILENCE_HOURS") or "72")
# Where "Leave this page" leads: a calendar of ours, or any page nobody wonders about.
LEAVE_TO = os.environ.get("MEKHALA_LEAVE_TO") or f"{PUBLIC_URL}/calendar/"
SECURE = CASEWORK_URL.startswith("https://")
# The key that signs heads of the log, and who is shown them: files and servers, with commas.
AUDIT_KEY = audit_key()
AUDIT_WITNESSES = [
    witness.strip()
    for witness in (os.environ.get("MEKHALA_WITNESSES") or f"{home()}/witness/heads.jsonl").split(
        ","
    )
    if witness.strip()
]
# Who may open a backup, any two of them: recipients of age, with commas.
BACKUP_TO = [to.strip() for to in os.environ.get("MEKHALA_BACKUP_TO", "").split(",") if to.strip()]

ROOMS = [
    "mekhala.safeguards.agencies",
    "mekhala.safeguards.access",
    "mekhala.safeguards.audit",
    "mekhala.safeguards.notices",
    "mekhala.safeguards.reading",
    "mekhala.safeguards.emergency",
    "mekhala.safeguards.four_eyes",
    "mekhala.safeguards.admission",
    "mekhala.safeguards.holds",
    "mekhala.safeguards.agreements",
    "mekhala.safeguards.consent",
    "mekhala.safeguards.identity",
    "mekhala.safeguards.seals",
    "mekhala.safeguards.signing",
    "mekhala.safeguards.retention",
    "mekhala.safeguards.unsealing",
    "mekhala.forms.apps.FormsApp",
    "mekhala.pathway.encounter",
    "mekhala.pathway.screening",
    "mekhala.pathway.determination",
    "mekhala.pathway.registration",
    "mekhala.pathway.directory",
    "mekhala.pathway.referral",
    "mekhala.pathway.redress",
    "mekhala.pathway.aftercare",
    "mekhala.pathway.repatriation",
    "mekhala.pathway.labour_migration",
    "mekhala.pathway.justice",
    "mekhala.pathway.evidence",
    "mekhala.pathway.incidents",
    "mekhala.pathway.visits",
    "mekhala.population.linkage",
    "mekhala.population.surveys",
    "mekhala.population.institutions",
    "mekhala.population.courts",
    "mekhala.population.dossiers",
    "mekhala.population.estimates",
    "mekhala.population.claims",
    "mekhala.population.publication",
    "mekhala.intake",
]

INSTALLED_APPS = [
    "mekhala.config.apps.ConfigApp",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    *ROOMS,
]

AUTH_USER_MODEL = "access.Officer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", *sorted((PACKAGE / "web").glob("*/*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mekhala.web.navigation.page",
            ],
        },
    }
]
FORM_RENDERER = "mekhala.web.forms_renderer.GovukRenderer"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("km", _("Khmer"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "mekhala.config.formats"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Phnom_Penh"

BUILT = PACKAGE / "web" / "assets" / "built"
STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_DIRS = [BUILT] if BUILT.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    # Text becomes markup only through the policy in assets/src/trusted.js, which takes scripts out.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["default", "mekhala-inert"],
    "report-uri": ["/csp-report/"],
}
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer Django sees forms as forged
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE else "django_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 101  # a filled form and the 100 files a phone sends with it
FILE_UPLOAD_HANDLERS = [
    "mekhala.safeguards.uploads.bounded.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # all of it: no upload lies in /tmp in clear

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Nothing personal in logs: acts and numbers only; see mekhala.config.logs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_values": {"()": "mekhala.config.logs.WithoutValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_values"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

SILENCED_SYSTEM_CHECKS: list[str] = []
CLONE_ROOT = CLONE
