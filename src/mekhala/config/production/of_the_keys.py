"""Who could read the keys, and whether a log written anew would be found."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from mekhala.config.production.finding import Finding

THIS_MACHINE = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "")  # noqa: S104 - looked for, not bound
APART = "install deploy/mekhala-keys.service and name its socket in MEKHALA_KEYS_SOCKET"


def findings() -> Iterator[Finding]:
    """Yield what is unsafe about the key service and the witnesses."""
    yield from _of_the_account()
    yield from _of_the_witnesses()


def _of_the_account() -> Iterator[Finding]:
    """A service that does not answer just now is no danger: names are sealed until it does."""
    from mekhala.config.home import home
    from mekhala.config.keyservice import account_of_the_service

    with suppress(OSError, KeyError, IndexError):
        account, is_another = account_of_the_service()
        if not is_another:
            yield Finding(
                "Key service", f"it runs as {account}, which runs casework as well: whoever breaks "
                "into the one has the keys of all names", APART,
            )  # fmt: skip
    if os.access(home() / "keys" / "wrapping.json", os.R_OK):
        yield Finding(
            "Key service", "this account can read the wrapping keys in MEKHALA_HOME/keys",
            f"{APART}, and move the folder to /var/lib/mekhala-keys",
        )  # fmt: skip


def _of_the_witnesses() -> Iterator[Finding]:
    from django.conf import settings

    named = list(dict.fromkeys(settings.AUDIT_WITNESSES))
    if len(named) < 2 or all(_is_here(witness) for witness in named):
        why = "fewer than two are named" if len(named) < 2 else "all of them are on this disk"
        yield Finding(
            "MEKHALA_WITNESSES", f"{why}: who owns this machine can write the log anew unseen",
            "run mekhala audit witness-serve on another body's machine and name it too",
        )  # fmt: skip


def _is_here(witness: str) -> bool:
    """Tell whether a witness lies on the disk of this installation, or listens on this machine."""
    from mekhala.config.home import home

    if "://" in witness:
        return (urlsplit(witness).hostname or "") in THIS_MACHINE
    place = Path(witness).absolute()
    while not place.exists():
        place = place.parent
    return place.stat().st_dev == home().stat().st_dev
