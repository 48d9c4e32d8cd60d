"""The valid code a mistyped one most likely stands for."""

import difflib
from collections.abc import Iterable

CLEARLY_A_SLIP = 0.75  # ratio from which a word is taken for a misspelling of another
LONGEST_COMPARED = 120  # characters; no code is as long, and the ratio costs their product


def nearest(word: str, among: Iterable[str], *, cutoff: float = 0.0) -> str | None:
    """Return the member of ``among`` most like ``word``, or None if none reaches ``cutoff``.

    Likeness is the Ratcliff–Obershelp ratio of ``difflib``, capitals and spaces aside.
    """
    plain = {_plain(candidate): candidate for candidate in among}
    found = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=cutoff)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return "_".join(word[:LONGEST_COMPARED].lower().replace("-", " ").split())
