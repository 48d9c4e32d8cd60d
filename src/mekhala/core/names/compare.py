"""Whether two names can be one name, and why, in words.

Nothing here says that two people are one, and nobody is given a score: names are compared, part
by part, and the answer says what was alike. Levels: ``exact`` the same letters; ``same_key``
other letters or another script, the same sounds; ``near`` one thing apart, of the kinds that are
told; ``different``. One excuse is taken at a time: a name with a part missing *and* another
sound is another name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from mekhala.core.names.near import one_sound_apart, letters_swapped
from mekhala.core.names.parts import MIDDLE, NameParts, parts_of
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
        return f"{self.left} and {self.right}: {PLAIN[self.level]}"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two names compared; ``because`` says it in a sentence, ``parts`` word by word."""

    left: str
    right: str
    keys: tuple[tuple[str, ...], tuple[str, ...]]
    level: Level
    because: str
    parts: tuple[PartCompared, ...] = ()

    @property
    def same(self) -> bool | None:
        """Whether they can be one name; None where one of them is not known."""
        return None if not all(self.keys) else self.level is not Level.DIFFERENT


@dataclass(frozen=True)
class _Way:
    """One way of taking a name: its words, and what had to be excused for it."""

    words: Words
    excuse: str = ""


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
    keys = keys_of_words(one.words), keys_of_words(other.words)
    if not all(keys):
        return Comparison(
            left=left, right=right, keys=keys, level=Level.DIFFERENT,
            because="one of the names is not known; unknown is like nothing",
        )  # fmt: skip
    level, because, words = _best(one, other)
    return Comparison(
        left=left, right=right, keys=keys, level=level, because=because, parts=_parts(*words)
    )


def _best(one: NameParts, other: NameParts) -> tuple[Level, str, tuple[Words, Words]]:
    """The most alike of all ways to take the two names, the plainest first."""
    best = (Level.DIFFERENT, "the names sound otherwise", (one.words, other.words))
    for first, second in product(_ways(one), _ways(other)):
        if first.excuse and second.excuse and first.excuse != second.excuse:
            continue
        found = _of_ways(first, second)
        if ORDER.index(found[0]) < ORDER.index(best[0]):
            best = found
    if best[0] is Level.DIFFERENT and _only_family(one.words, other.words):
        return (best[0], "only the word in the place of the family name is shared", best[2])
    return best


def _ways(parts: NameParts) -> Iterator[_Way]:
    """The name as written, with a kin word as part of it, without Srey, and the other names."""
    yield _Way(parts.words)
    if parts.soft:
        yield _Way((*parts.soft, *parts.words))
    if parts.without_girl and parts.without_girl != parts.words:
        yield _Way(parts.without_girl, "Srey, which begins many names, is in one of them only")
    for words in parts.also:
        yield _Way(words, "one of them is given as another name of the person")


def _of_ways(one: _Way, other: _Way) -> tuple[Level, str, tuple[Words, Words]]:
    """Two ways of taking the names compared: in order, turned round, with a part missing."""
    words, excuse = (one.words, other.words), one.excuse or other.excuse
    level = _level(*words)
    if excuse:
        known = level in (Level.EXACT, Level.SAME_KEY)
        return (Level.NEAR if known else Level.DIFFERENT, f"{PLAIN[level]}; {excuse}", words)
    if level in (Level.EXACT, Level.SAME_KEY):
        return level, PLAIN[level], words
    for turned in _turned(other.words):
        found = _level(one.words, turned)
        if found in (Level.EXACT, Level.SAME_KEY):
            because = f"{PLAIN[found]}; the words stand in the other order"
            return Level.SAME_KEY, because, (one.words, turned)
    if (shorter := _with_part_missing(*words)) is not None:
        return Level.NEAR, "one of them has a word less; the rest sounds the same", shorter
    return level, PLAIN[level], words


def _level(one: Words, other: Words) -> Level:
    """How alike the words are when read as one."""
    if "".join(one) == "".join(other):
        return Level.EXACT
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
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    middle = tuple(w for n, w in enumerate(longer) if not (0 < n and _is_middle(w)))
    for rest in (longer[1:], middle):
        if 0 < len(rest) < len(longer) and _alike(rest, shorter):
            return (rest, shorter) if longer is one else (shorter, rest)
    return None


def _is_middle(word: str) -> bool:
    return bool(set(keys_of_words((word,))) & {k for m in MIDDLE for k in keys_of_words((m,))})


def _alike(one: Words, other: Words) -> bool:
    return _level(one, other) in (Level.EXACT, Level.SAME_KEY)


def _only_family(one: Words, other: Words) -> bool:
    return len(one) != len(other) and _alike(one[:1], other[:1])


def _parts(one: Words, other: Words) -> tuple[PartCompared, ...]:
    """Word by word where both have as many, else as one."""
    pairs = zip(one, other, strict=True) if len(one) == len(other) else [(" ".join(one), " ".join(other))]
    return tuple(
        PartCompared(left=a, right=b, level=_level(tuple(a.split()), tuple(b.split())))
        for a, b in pairs
    )
