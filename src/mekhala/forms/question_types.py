"""The types of question an XLSForm may hold, with the spellings the converter knows."""

import re

CONTROL = re.compile(r"(begin|end)[ _]+(group|repeat|loop|lgroup|looped group)\b")


def word_of(kind: str) -> str:
    """What of a type to look for: “selcet_one yes_no” names a list behind it."""
    first = kind.split(maxsplit=1)[0]
    return first if "_" in first else kind


def selects(kind: str) -> str | None:
    """Return what stands behind a type that names a list, None for every other type."""
    from pyxform import aliases

    for word in sorted(aliases.select, key=len, reverse=True):
        if kind == word or kind.startswith(f"{word} "):
            return kind[len(word) :].removesuffix("or_other").strip()
    return None


def kinds() -> list[str]:
    """Every type an author may write, to find the nearest of."""
    from pyxform import aliases
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    controls = [f"{at}_{what}" for at in ("begin", "end") for what in ("group", "repeat")]
    usual = ["select_one", "select_multiple"]  # of several spellings the last is told
    return [*QUESTION_TYPE_DICT, *aliases.select, *controls, *usual]


def is_known(kind: str) -> bool:
    """Say whether the converter knows a type that names no list."""
    from pyxform import aliases
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    others = (aliases.settings_header, aliases.cascading, aliases.osm)
    return (
        kind in QUESTION_TYPE_DICT
        or bool(CONTROL.match(kind))
        or kind.split(maxsplit=1)[0] in aliases.osm
        or any(kind in known for known in others)
        or any(kind.startswith(f"{word} ") for word in aliases.cascading)
    )
