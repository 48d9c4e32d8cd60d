"""Countries by ISO 3166-1 alpha-3 code, with their names in the language of the page.

Source: Unicode CLDR, as published in Babel: its aliases give the alpha-3 codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

PSEUDO = {"XA", "XB"}  # made up for testing programs; no country
UNIONS = {"EU", "EZ", "UN"}  # of countries
# Codes of ISO 3166-3 whose country goes by another code today, which must not be offered beside it.
RETIRED = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}


@cache
def alpha_2() -> Mapping[str, str]:
    """Return the alpha-2 code of every alpha-3 code that stands for one country."""
    from babel.core import Locale, get_global

    names = Locale("en").territories
    pairs = {
        code: new[0]
        for code, new in get_global("territory_aliases").items()
        if len(code) == 3
        and code.isalpha()
        and len(new) == 1
        and new[0] in names
        and new[0] not in PSEUDO | UNIONS
        and code not in RETIRED
    }
    return MappingProxyType(dict(sorted(pairs.items())))


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Return the name of every country by alpha-3 code, ordered by name."""
    from babel.core import Locale

    names = Locale("km" if language.startswith("km") else "en").territories
    found = {code: str(names.get(short, code)) for code, short in alpha_2().items()}
    return MappingProxyType(dict(sorted(found.items(), key=lambda each: each[1])))


def country_name(code: str, language: str = "en") -> str:
    """Return a country's name; the code itself where there is none."""
    return country_names(language[:2]).get(code, code)
