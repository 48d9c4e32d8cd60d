"""Whether two names can be one name, and why, in words.

Nothing here says that two people are one, and nobody is given a score: names are compared, part
by part, and the answer says what was alike. Levels: ``exact`` the same letters; ``same_key``
other letters or another script, the same sounds; ``near`` one thing apart, of the kinds that are
told; ``different``. One excuse is taken at a time: a name with a part missing *and* another
sound is another name. Levels and excuses are ours; the sounds rest on the sources of ``sounds``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from mekhala.core.names.latin_sounds import folded, is_toned
from mekhala.core.names.near import letters_swapped, one_sound_apart
from mekhala.core.names.normal import is_latin
from mekhala.core.names.parts import MIDDLE, NameParts, parts_of, without_title_on
from mekhala.core.names.sound_key import keys_of_words

Words = tuple[str, ...]


class Level(StrEnum):
    """How alike two names are."""

    EXACT = "exact"
    SAME_KEY = "same_key"
    NEAR = "near"
    DIFFERENT = "different"


ORDER = list(Level)
PLAIN = {
    Level.EXACT: "the same letters",
    Level.SAME_KEY: "spelled otherwise, sounds the same",
    Level.NEAR: "one sound apart",
    Level.DIFFERENT: "sounds otherwise",
}


@dataclass(frozen=True, kw_only=True)
class PartCompared:
    """One word of each name, and how alike they are."""

    left: str
    right: str
    level: Level

    def __str__(self) -> str:
        """In words."""
        return f"{self.left} and {self.right}: {self.because}"

    @property
    def because(self) -> str:
        """Why the two words are of this level."""
        return _plain(self.level, self.left, self.right)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two names compared; ``because`` says it in a sentence, ``parts`` word by word.

    ``same``: whether they can be one name by the usual ways of writing it; None where one of them
    is not known. A sound apart is ``near`` and not ``same``: worth a look, no more.
    """

    left: str
    right: str
    keys: tuple[tuple[str, ...], tuple[str, ...]]
    level: Level
    same: bool | None
    because: str
    parts: tuple[PartCompared, ...] = ()


@dataclass(frozen=True)
class _Way:
    """One way of taking a name: its words, and what had to be excused for it."""

    words: Words
    excuse: str = ""


@dataclass(frozen=True)
class _Found:
    """What comparing two ways found, and the words that were compared."""

    level: Level
    same: bool
    because: str
    words: tuple[Words, Words]

    @property
    def rank(self) -> tuple[int, bool]:
        """Smaller is more alike."""
        return ORDER.index(self.level), not self.same


def compare(left: str, right: str) -> Comparison:
    """Compare two names in any of the scripts, whole names or parts.

    >>> compare("ស្រីមុំ", "Sreymom").level.value
    'same_key'
    >>> compare("Sok Dara", "DARA Sokh").because
    'spelled otherwise, sounds the same; the words stand in the other order'
    >>> compare("Sok Dara", "Chan Dara").same
    False
    >>> print(compare("", "Dara").same)
    None
    """
    one, other = parts_of(left), parts_of(right)
    keys = keys_of_words(one.whole), keys_of_words(other.whole)
    if not all(keys):
        return Comparison(
            left=left, right=right, keys=keys, level=Level.DIFFERENT, same=None,
            because="one of the names is not known; unknown is like nothing",
        )  # fmt: skip
    best = _best(one, other)
    return Comparison(
        left=left, right=right, keys=keys, level=best.level, same=best.same,
        because=best.because, parts=_parts(*best.words),
    )  # fmt: skip


def _best(one: NameParts, other: NameParts) -> _Found:
    """The most alike of all ways to take the two names, the plainest first."""
    best = _of_words(one.whole, other.whole)
    for first, second in product(_ways(one), _ways(other)):
        if first.excuse and second.excuse and first.excuse != second.excuse:
            continue
        found = _of_ways(first, second)
        best = found if found.rank < best.rank else best
    if best.level is Level.DIFFERENT and _only_family(one.whole, other.whole):
        return replace(best, because="only the word in the place of the family name is shared")
    return best


def _ways(parts: NameParts) -> Iterator[_Way]:
    """The name as written, without its kin word, Srey or a title written on; the other names."""
    yield _Way(parts.whole)
    if parts.kin:
        yield _Way(parts.words, f"{parts.kin[0]} may be a kin word and no part of the name")
    if parts.without_girl and parts.without_girl not in (parts.whole, parts.words):
        yield _Way(parts.without_girl, "Srey, which begins many names, is in one of them only")
    if parts.words and (rest := without_title_on(parts.words[0])):
        yield _Way((rest, *parts.words[1:]), "a title or kin word is written onto one of them")
    for words in parts.also:
        yield _Way(words, "one of them is given as another name of the person")


def _of_ways(one: _Way, other: _Way) -> _Found:
    """Two ways of taking the names compared: in order, turned round, with a part missing."""
    excuse = one.excuse or other.excuse
    straight = _of_words(one.words, other.words)
    if excuse:
        level = Level.NEAR if _alike(*straight.words) else Level.DIFFERENT
        return _Found(level, straight.same, f"{straight.because}; {excuse}", straight.words)
    if _alike(*straight.words):
        return straight
    for turned in _turned(other.words):
        if _alike(one.words, turned):
            found = _of_words(one.words, turned)
            because = f"{found.because}; the words stand in the other order"
            return replace(found, level=Level.SAME_KEY, because=because)
    if (shorter := _with_part_missing(one.words, other.words)) is not None:
        return _Found(Level.NEAR, True, "one of them has a word less; the rest is alike", shorter)
    return straight


def _of_words(one: Words, other: Words) -> _Found:
    """The words compared as they stand."""
    level, same = _level(one, other), _alike(one, other)
    if level is Level.NEAR and letters_swapped("".join(one), "".join(other)):
        return _Found(level, True, "two neighbouring letters have changed places", (one, other))
    return _Found(level, same, _plain(level, "".join(one), "".join(other)), (one, other))


def _plain(level: Level, one: str, other: str) -> str:
    """The level in words; of names in Latin letters, whether marks alone tell them apart."""
    marks_alone = is_latin(one) and is_latin(other) and folded(one) == folded(other)
    if level is Level.SAME_KEY and marks_alone:
        return "the same letters, accents and tones aside"
    return PLAIN[level]


def _level(one: Words, other: Words) -> Level:
    """How alike the words are when read as one; two with tones are told by their letters."""
    letters = "".join(one), "".join(other)
    if letters[0] == letters[1]:
        return Level.EXACT
    if all(map(is_toned, letters)):
        return Level.SAME_KEY if folded(letters[0]) == folded(letters[1]) else Level.DIFFERENT
    keys = keys_of_words(one), keys_of_words(other)
    if set(keys[0]) & set(keys[1]):
        return Level.SAME_KEY
    if letters_swapped("".join(one), "".join(other)):
        return Level.NEAR
    near = any(one_sound_apart(a, b) for a, b in product(*keys))
    return Level.NEAR if near else Level.DIFFERENT


def _turned(words: Words) -> Iterator[Words]:
    """The words with the first one last, or the last one first."""
    if len(words) > 1:
        yield (*words[1:], words[0])
    if len(words) > 2:
        yield (words[-1], *words[:-1])


def _with_part_missing(one: Words, other: Words) -> tuple[Words, Words] | None:
    """The shared words where one name lacks its first, or a middle name often left out."""
    for rest in (one[1:], _without_middle(one)):
        if rest and rest != one and _alike(rest, other):
            return rest, other
    for rest in (other[1:], _without_middle(other)):
        if rest and rest != other and _alike(one, rest):
            return one, rest
    return None


def _without_middle(words: Words) -> Words:
    """The words without a Vietnamese thị or văn between two others."""
    return tuple(w for n, w in enumerate(words) if not (0 < n < len(words) - 1 and _is_middle(w)))


def _is_middle(word: str) -> bool:
    return bool(set(keys_of_words((word,))) & {k for m in MIDDLE for k in keys_of_words((m,))})


def _alike(one: Words, other: Words) -> bool:
    return _level(one, other) in (Level.EXACT, Level.SAME_KEY)


def _only_family(one: Words, other: Words) -> bool:
    return len(one) != len(other) and _alike(one[:1], other[:1])


def _parts(one: Words, other: Words) -> tuple[PartCompared, ...]:
    """Word by word where both have as many, else as one."""
    pairs = (
        zip(one, other, strict=True)
        if len(one) == len(other)
        else [(" ".join(one), " ".join(other))]
    )
    return tuple(
        PartCompared(left=a, right=b, level=_level(tuple(a.split()), tuple(b.split())))
        for a, b in pairs
    )
