"""Words that go to scripts: one file per part, a table per message, four languages.

The files lie in ``field/words``. Khmer, Thai and Vietnamese are proposals until two native readers
have been over them.
"""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "km", "th", "vi")
_WORDS = Path(__file__).resolve().parent / "field" / "words"


def words_of(part: str, language: str) -> dict[str, str]:
    """Return the messages of ``part`` ("form") in ``language``; English where that is not known."""
    chosen = language if language in LANGUAGES else "en"
    return {key: said[chosen] for key, said in _read(part).items()}


@cache
def _read(part: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_WORDS / f"{part}.toml").read_text(encoding="utf-8"))
