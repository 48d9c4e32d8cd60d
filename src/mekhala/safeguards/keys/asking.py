"""Asking the key service of this installation, wherever the settings say it listens."""

from pathlib import Path
from typing import Any

from django.conf import settings

from mekhala.safeguards.keys import client
from mekhala.safeguards.keys.errors import KeyServiceDown


def ask(request: dict[str, Any], *, patience: float = client.PATIENCE) -> dict[str, Any]:
    """Return the service's answer. Raises ``KeyServiceDown``, ``Refused``."""
    place = settings.KEYS_SOCKET
    if not place:
        try:
            place = Path(settings.KEYS_NAMED).read_text(encoding="ascii")
        except OSError:
            raise KeyServiceDown from None
    return client.ask(place, request, patience=patience)
