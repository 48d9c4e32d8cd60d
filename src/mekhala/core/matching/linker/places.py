"""A record's place as the comparison reads it: the codes it lies in, and the words of its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mekhala.core.matching.linker.gazetteer import LEVEL_WORDS, codes_in_words
from mekhala.core.matching.linker.names import word_keys
from mekhala.core.names.normal import normal_text

KEPT = 131_072
MOST_TOKENS = 10
ADDRESS = 4  # words and numbers: fewer may be no more than the name of a town or a province
LEVELS = (("province", 2), ("district", 4), ("commune", 6), ("village", 8))
COLUMNS = ("village_code", "commune_code", "district_code", "province_code", "place_text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place: codes of each level that is known, and what its text sounds like, word by word."""

    village: str | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None
    tokens: tuple[str, ...] | None = None


def place_of(record: Mapping[str, str]) -> Place:
    """Return the place a record tells."""
    return place_of_texts(*(record.get(column) or "" for column in COLUMNS))


def place_of_texts(village: str, commune: str, district: str, province: str, text: str) -> Place:
    """Return the place of the codes and the text; national codes say what they lie in.

    What the text tells more exactly than the codes is taken from it, unless the provinces differ.
    """
    codes, told = codes_of(village, commune, district, province), codes_in_words(text)
    if codes.get("province", told.get("province")) == told.get("province"):
        codes = told | codes
    return Place(**codes, tokens=tokens_of(text))


@lru_cache(maxsize=KEPT)
def codes_of(village: str, commune: str, district: str, province: str) -> dict[str, str]:
    """Return level → code, from the most exact code; codes of another kind stand alone."""
    found: dict[str, str] = {}
    written = (("village", village), ("commune", commune), ("district", district))
    for level, text in (*written, ("province", province)):
        code = (normal_text(text) or "").replace(" ", "") if text else ""
        if code.isdecimal() and len(code) == dict(LEVELS)[level]:
            for above, size in LEVELS:
                if size <= len(code):
                    found.setdefault(above, code[:size])
        elif code:
            found.setdefault(level, code)
    return found


@lru_cache(maxsize=KEPT)
def tokens_of(text: str) -> tuple[str, ...] | None:
    """Return the sounds of the words of a text about a place, and its numbers; None for none.

    None too where the text is known by its codes, to the district or nearer: they say it better.
    """
    if not text or "district" in codes_in_words(text):
        return None
    words = (normal_text(LEVEL_WORDS.sub(" ", text)) or "").split()
    made = dict.fromkeys(_token(word) for word in words)
    return tuple(token for token in made if token)[:MOST_TOKENS] or None


@lru_cache(maxsize=KEPT)
def _token(word: str) -> str:
    if any(sign.isdecimal() for sign in word):
        return word
    return next(iter(word_keys(word)), "")
