"""The casework door, with the field and exchange doors beside it in one process."""

from mekhala.config import roles
from mekhala.config.database import database
from mekhala.config.home import proxies

from .base import *  # noqa: F403

DOOR = "casework"
DATABASES = {"default": database(roles.APP)}
ROOT_URLCONF = "mekhala.config.urls"
WSGI_APPLICATION = "mekhala.config.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mekhala.web.field.short_way.ShortWay",  # phones have no session: all above holds for them
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mekhala.web.devices.DeviceMiddleware",
    "mekhala.web.exchange.rate.ApiRate",  # before any transaction: counting waits for nobody
    "mekhala.web.sessions.SessionGuard",
    "mekhala.web.acting.ActorMiddleware",  # last: everything below runs as the officer
]
APPEND_SLASH = True

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "mekhala.web.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# Failures, by account and by address; every try at all is 30 a minute by address.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,5/15m/ip"}
API_PER_SECOND = 5
FIELD_PER_MINUTE = 300  # requests of one phone
SESSION_ENGINE = "mekhala.safeguards.signing.sealed_sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # sealed; no cookie
# Behind TLS there is a proxy, and every address would be its own.
PROXIES = proxies("MEKHALA_PROXIES", "1" if SECURE else "0")  # noqa: F405
MFA_ADAPTER = "mekhala.web.sign_in.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # lost ones are replaced by two staff, not by a list
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "authenticate": "mekhala.web.sign_in_forms.CodeForm",
    "reauthenticate": "mekhala.web.sign_in_forms.CodeAgainForm",
    "add_webauthn": "mekhala.web.sign_in_forms.PasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Mekhala"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # noqa: F405

# Used TOTP codes and counted sign-ins are remembered across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
    }
}
