"""What the settings themselves say: debug, secrets, host names, addresses."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from mekhala.config.production.finding import Finding

SHORTEST = 50  # characters of a secret; ours have 64
FEWEST = 15  # different characters in it
PLACEHOLDERS = ("django-insecure", "change", "secret", "replace", "example", "password", "invented")


def findings(door: str) -> Iterator[Finding]:
    """Yield what is unsafe in the settings of ``door``."""
    from django.conf import settings

    if settings.DEBUG:
        yield Finding(
            "DEBUG", "errors would show what people said to whoever asks",
            "take DEBUG = True out of the settings in use",
        )  # fmt: skip
    yield from _of_secrets()
    yield from _of_hosts(door)
    yield from _of_addresses()


def _of_secrets() -> Iterator[Finding]:
    from django.conf import settings

    if not _is_strong(str(settings.SECRET_KEY)):
        yield Finding(
            "MEKHALA_SECRET_KEY",
            "this secret is short or guessable: who guesses it signs in as anybody",
            "unset MEKHALA_SECRET_KEY (one is made and kept), or set it to the output of "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"',
        )


def _is_strong(secret: str) -> bool:
    if len(secret) < SHORTEST or len(set(secret)) < FEWEST:
        return False
    return not secret.lower().startswith(PLACEHOLDERS)


def _of_hosts(door: str) -> Iterator[Finding]:
    from django.conf import settings

    url = settings.CASEWORK_URL if door == "casework" else settings.PUBLIC_URL
    own, hosts = urlsplit(url).hostname or "", settings.ALLOWED_HOSTS
    if not [host for host in hosts if host] or any(h == "*" or h.startswith(".") for h in hosts):
        yield Finding(
            "MEKHALA_HOSTS", "any host name is answered: links in a page can be made to lead away",
            f"set MEKHALA_HOSTS={own}",
        )  # fmt: skip
    elif own not in hosts:
        yield Finding(
            "MEKHALA_HOSTS", f"{own} is not among the names that are answered; nobody gets in",
            f"set MEKHALA_HOSTS={own}",
        )  # fmt: skip


def _of_addresses() -> Iterator[Finding]:
    from django.conf import settings

    casework, public = urlsplit(settings.CASEWORK_URL), urlsplit(settings.PUBLIC_URL)
    if public.scheme != "https":
        yield Finding(
            "MEKHALA_PUBLIC_URL", "the public site would be read, and altered, on its way",
            "set MEKHALA_PUBLIC_URL to an address that begins with https://",
        )  # fmt: skip
    if casework.hostname == public.hostname:
        yield Finding(
            "MEKHALA_PUBLIC_URL", "casework and public site share a host, and with it cookies",
            "give the public site a host name of its own in MEKHALA_PUBLIC_URL",
        )  # fmt: skip
