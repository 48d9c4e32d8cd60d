"""What was typed for a charge, while the check before it is made: article and days, no name.

It lies in the sealed session of who typed it, one charge at most, and goes once it is recorded.
"""

from typing import Any

from django.http import HttpRequest

KEY = "charge_waiting"
TYPED = ("text", "conduct_from", "conduct_to", "charged_on")


def keep_charge(request: HttpRequest, number: str) -> None:
    """Keep what was typed for a charge against one accused."""
    typed = {name: request.POST.get(name, "")[:100] for name in TYPED}
    request.session[KEY] = {"accused": number, "typed": typed}


def charge_of(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return what was typed for this accused and not yet recorded; empty if nothing was."""
    kept = request.session.get(KEY, {})
    return dict(kept["typed"]) if kept.get("accused") == number else {}


def drop_charge(request: HttpRequest, number: str) -> None:
    """Forget it: the charge is recorded."""
    if charge_of(request, number):
        del request.session[KEY]
