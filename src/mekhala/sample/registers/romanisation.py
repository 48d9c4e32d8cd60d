"""A Khmer word in Latin letters, by one of six ways of writing it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mekhala.sample.draws import Draws

from .romanisation_tables import CONSONANTS, FIRST, INDEPENDENT, LAST, SONORANT, VOWELS

CLUSTER = re.compile(
    r"(?P<base>[ក-ឳ])(?P<shift>[៉៊]?)(?P<under>(?:្[ក-អ])*)(?P<shift2>[៉៊]?)"
    r"(?P<vowel>[ា-ៅ]*)(?P<sign>[ំះៈ់័]*)(?P<mute>[៌-៎]?)"
)
TRIPLED = re.compile(r"(th|ph|kh|ch|n(?=nn)|l(?=ll)|m(?=mm))\1")  # at a seam of syllables
CLOSED_BY_CHANCE = 0.7  # a letter without a vowel ends the syllable before it, amid a word
HELD_BY_CHANCE = 0.5  # a short last vowel of an Indian word is still written


@dataclass(frozen=True, slots=True)
class _Cluster:
    base: str
    under: tuple[str, ...]
    shift: str
    vowel: str  # the signs together, as ``VOWELS`` has them
    muted: bool

    @property
    def bare(self) -> bool:
        return not self.vowel and self.base in CONSONANTS

    @property
    def series(self) -> str:
        if self.shift:
            return "a" if self.shift == "៉" else "o"
        strong = [c for c in (self.base, *self.under) if c not in SONORANT]
        return CONSONANTS[(strong or [self.base])[-1]][0]


def romanise(word: str, system: str, draws: Draws) -> str:
    """Write a Khmer ``word`` by ``system`` (one of ``SYSTEMS``); where it leaves a choice, draw.

    Silent letters are left out. A sign that is no Khmer is left out as well.
    """
    spelt = "".join(_syllables(list(_clusters(word)), system, draws))
    spelt = TRIPLED.sub(r"\1", spelt)
    return unicodedata.normalize("NFC", spelt).capitalize()


def _clusters(word: str) -> Iterator[_Cluster]:
    for found in CLUSTER.finditer(word):
        yield _Cluster(
            found["base"], tuple(found["under"].replace("្", "")),
            found["shift"] or found["shift2"], found["vowel"] + found["sign"], bool(found["mute"]),
        )  # fmt: skip


def _syllables(clusters: list[_Cluster], system: str, draws: Draws) -> Iterator[str]:
    open_before = False  # whether the syllable before could still take a last letter
    for place, one in enumerate(clusters):
        final = place == len(clusters) - 1
        if one.muted and one.vowel not in ("ា",):
            continue
        if place and open_before and _closes(one, final, clusters, place, draws):
            yield _last(one, system, draws)
            open_before = False
            continue
        if one.base not in CONSONANTS:
            yield draws.pick(INDEPENDENT.get(one.base, "").split(" "))
            open_before = True
            continue
        doubled = place and open_before and one.under and one.vowel
        if doubled:  # its first letter closes the syllable before, the one below opens this one
            yield _last(_Cluster(one.base, (), "", "", False), system, draws)
        before_ng = one.vowel == "ាំ" and not final and clusters[place + 1].base == "ង"
        written = replace(one, vowel="ា់") if before_ng else one  # the sign only shortens there
        yield _first(one, system, draws, below=bool(doubled)) + _vowel(written, system, draws)
        open_before = one.vowel in ("", "់", "័", "ា", "ា់") or one.vowel[-1] not in "ំះៈ"


def _closes(one: _Cluster, final: bool, clusters: list[_Cluster], place: int, draws: Draws) -> bool:
    """Whether a cluster ends the syllable before it instead of opening its own."""
    if one.under and one.vowel in ("ិ", "ុ") and final:
        return not draws.chance(HELD_BY_CHANCE)
    if not one.bare and one.vowel != "់":
        return False
    if final:
        return True
    if place + 2 == len(clusters) and clusters[-1].bare:
        return False  # the last letter needs a syllable to close
    return bool(one.under) or draws.chance(CLOSED_BY_CHANCE)


def _first(one: _Cluster, system: str, draws: Draws, *, below: bool) -> str:
    letters = one.under if below else (one.base, *one.under)
    return "".join(_onset(c, one, system, draws, alone=len(letters) == 1) for c in letters)


def _onset(letter: str, one: _Cluster, system: str, draws: Draws, *, alone: bool) -> str:
    _, sound, library = CONSONANTS[letter]
    if system == "library":
        return library
    if letter == "ប" and ((not alone and one.base == letter) or one.shift == "៉"):
        sound = "p"
    return draws.pick(FIRST.get(system, {}).get(sound, sound).split(" "))


def _last(one: _Cluster, system: str, draws: Draws) -> str:
    _, sound, library = CONSONANTS[one.base]
    if system == "library":
        return library + "".join(CONSONANTS[c][2] for c in one.under)
    table = LAST.get(system, LAST["department"])
    return draws.pick(table.get(sound, sound).split(" ")).replace("-", "")


def _vowel(one: _Cluster, system: str, draws: Draws) -> str:
    table = VOWELS[system]
    written = table.get(one.vowel)
    if written is None:  # a vowel with a sign that shortens it, or none the table knows
        written = table.get(one.vowel[:1], table[""])
    first, second = written
    return draws.pick((first if one.series == "a" else second).split(" "))
