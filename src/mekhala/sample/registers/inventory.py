"""Names to draw from, common ones oftener, each with the ways it is written.

Common parts of names (``name_parts.csv`` of the country, ``more_names.csv`` here), each an
ordinary name of thousands of people; whole names are put together at random. A spelling is one
that is in the list for it, or what a system of writing makes of the Khmer.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from mekhala.core.wrong_input import WrongInput
from mekhala.sample.draws import Draws, Weighted
from mekhala.sample.names import COMPOUND_SHARE, NamePart, parts

from . import rates
from .romanisation import romanise
from .romanisation_tables import SYSTEMS

SPELT_EACH = 12  # spellings kept for a name and a system that leaves choices
LOCALES = {"km_KH": "KHM", "vi_VN": "VNM", "th_TH": "THA"}
Kind = tuple[str, str, str]  # nationality, place in the name, sex


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One name: in its own script, and by way of writing the Latin forms it may take."""

    native: str
    spelt: Mapping[str, tuple[str, ...]]  # a system, or ``listed``


class Inventory:
    """The names of a country, to be drawn from."""

    def __init__(self, more: Mapping[Kind, Sequence[NamePart]]) -> None:
        """Take the common names and ``more``, which come after them in frequency."""
        kinds: defaultdict[Kind, dict[str, NamePart]] = defaultdict(dict)
        for source in (parts(), _more_names(), more):
            for kind, found in source.items():
                for part in found:
                    kinds[kind].setdefault(part.native, part)
        words = {
            (kind[0], native): _word(part, kind[0])
            for kind, found in kinds.items()
            for native, part in found.items()
        }
        self._by_kind = {
            kind: Weighted(_zipf([words[kind[0], native] for native in found]))
            for kind, found in kinds.items()
        }

    def draw(self, draws: Draws, nationality: str, place: str, sex: str) -> Word:
        """One name of a place (``family``, ``given``, ``first``, ``second``) and sex."""
        return draws.of(self._by_kind[nationality, place, sex])


def _zipf(words: Sequence[Word]) -> dict[Word, float]:
    return {word: 1 / (rank + rates.ZIPF_AFTER) ** rates.ZIPF for rank, word in enumerate(words, 1)}


@cache
def inventory(file: Path | None = None) -> Inventory:
    """The names of this country, with those of ``file`` (locale, part, sex, native, roman).

    Names of other locales than ``LOCALES`` are left out, and those without a Latin form that
    are not Khmer. Raises ``WrongInput`` where the file cannot be read or lacks a column.
    """
    return Inventory(_of_file(file) if file else {})


def _more_names() -> dict[Kind, list[NamePart]]:
    with resources.files(__package__).joinpath("more_names.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return _by_kind(("KHM", r["place"], r["sex"], r["native"], r["spellings"]) for r in rows)


def _of_file(path: Path) -> dict[Kind, list[NamePart]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"{path}: cannot be read ({error}); expected a CSV file") from None
    for column in ("locale", "part", "sex", "native", "roman"):
        if not rows or column not in rows[0]:
            raise WrongInput(f"{path}: has no column {column}; expected names with their locale")
    sexes = {"f": "female", "m": "male"}
    return _by_kind(
        (LOCALES[r["locale"]], r["part"], sexes.get(r["sex"], "any"), r["native"],
         r["roman"].replace("/", " "))
        for r in rows
        if r["locale"] in LOCALES and r["native"] and (r["roman"] or r["locale"] == "km_KH")
    )  # fmt: skip


def _by_kind(rows: Iterable[tuple[str, str, str, str, str]]) -> dict[Kind, list[NamePart]]:
    found: defaultdict[Kind, list[NamePart]] = defaultdict(list)
    for nationality, place, sex, native, spellings in rows:
        for each in ("female", "male", "other") if sex == "any" else (sex, "other"):
            found[nationality, place, each].append(NamePart(native, tuple(spellings.split())))
    return found


def _word(part: NamePart, nationality: str) -> Word:
    spelt = {"listed": part.spellings} if part.spellings else {}
    if nationality == "KHM":
        draws = Draws(len(part.native), part.native)  # the spellings of a name are the same always
        for system in SYSTEMS:
            spelt[system] = tuple(romanise(part.native, system, draws) for _ in range(SPELT_EACH))
    elif nationality == "VNM":
        spelt["toned"] = (part.native,)
    return Word(part.native, spelt)


@dataclass(frozen=True, slots=True)
class Name:
    """A whole name: family and given, each of one or two words; ``family`` may be empty."""

    nationality: str
    family: tuple[Word, ...]
    given: tuple[Word, ...]


def spelt(words: Sequence[Word], system: str, draws: Draws) -> list[str]:
    """One Latin form of each word, by ``system`` where the name knows it, else as listed."""
    return [_spelt(word, system, draws) for word in words]


def _spelt(word: Word, system: str, draws: Draws) -> str:
    if system not in word.spelt:
        system = "listed" if "listed" in word.spelt else "usual"
    forms = word.spelt[system]
    if system == "listed" and draws.chance(rates.THE_USUAL_ONE):
        return forms[0]
    return draws.pick(forms)


def draw_family(draws: Draws, names: Inventory, nationality: str) -> tuple[Word, ...]:
    """A family name; Thai ones are made of two parts."""
    if nationality == "THA":
        return tuple(
            names.draw(draws, nationality, place, "other")
            for place in ("family_first", "family_second")
        )
    return (names.draw(draws, nationality, "family", "other"),)


def draw_given(
    draws: Draws, names: Inventory, nationality: str, sex: str, like: tuple[Word, ...] = ()
) -> tuple[Word, ...]:
    """A given name; of two parts as often as is usual. ``like``: one whose beginning it shares."""
    if like or draws.chance(COMPOUND_SHARE.get(nationality, 0)):
        first = like[0] if like else names.draw(draws, nationality, "first", sex)
        return first, names.draw(draws, nationality, "second", sex)
    return (names.draw(draws, nationality, "given", sex),)
