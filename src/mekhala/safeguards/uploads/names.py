"""What a file may be called: a name that reads as it is, and leads nowhere."""

import unicodedata

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput

LONGEST = 200
# marks that turn the direction of writing: "gpj.exe" can be made to read as "exe.jpg"
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain_name(name: str) -> str:
    """Return ``name``. Raises ``WrongInput`` for control characters, turned writing and paths."""
    wrong = any(c in TURNING or unicodedata.category(c) == "Cc" for c in name)
    if wrong or not name or len(name) > LONGEST or set(name) & set("/\\") or name in (".", ".."):
        shown = "".join(c for c in name if c.isprintable() and c not in TURNING)[:40]
        raise WrongInput(
            _("%(file)s: the name holds a path or marks not seen, expected a plain name.")
            % {"file": shown or "?"}
        )
    return name
