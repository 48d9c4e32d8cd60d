"""How a Khmer name is read: clusters to sounds, with every reading the script leaves open.

Khmer writes neither which consonant ends a syllable nor every vowel. Read here: a last consonant
without a vowel ends the syllable before it; of a stack at the end the first sounds (ចន្ទ is Chan),
what is below a nasal is at times written (Chanth) and a last ro may sound (Vichet or Vichetr for
វិចិត្រ); a last i after a stack is mostly silent (សិទ្ធិ, Sith); a consonant without a vowel between
others may end a syllable or be one (មករា, Makra or Makara). Signs: toandakhiat silences;
yuukaleapintu is a, in names mostly ak (វណ្ណៈ, Vannak). Sources: the notes to the BGN/PCGN 1972
table; Huffman 1970, *Cambodian System of Writing and Beginning Reader*; which readings stay open
is ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mekhala.core.names.khmer import BASES, CLUSTER, SHIFTERS, SIGNS, SUBSCRIPT, in_order
from mekhala.core.names.khmer_tables import (
    CONSONANTS,
    FINAL,
    GLIDES,
    INDEPENDENT,
    SERIES,
    SONORANT,
    VOWELS,
)
from mekhala.core.names.sounds import Sound

NIKAHIT, REAHMUK, YUUKALEAPINTU = "ំ", "ះ", "ៈ"
BANTOC, TOANDAKHIAT, SAMYOK = "់", "៍", "័"
MUUSIKATOAN = "៉"
INHERENT = {"": ("a", ("a", "o")), BANTOC: ("o", ("o", "a"))}


@dataclass(frozen=True)
class Cluster:
    """A letter with what is written on it."""

    base: str
    below: tuple[str, ...]
    shifter: str
    vowel: str
    signs: str

    @property
    def sounds_a_vowel(self) -> bool:
        """Whether its vowel is written."""
        written = self.vowel or set(self.signs) & {NIKAHIT, REAHMUK, YUUKALEAPINTU, SAMYOK}
        return bool(written) or self.base in INDEPENDENT

    @property
    def letters(self) -> tuple[str, ...]:
        """The consonants, from top to bottom."""
        return self.base, *self.below


def read_khmer(word: str) -> tuple[Sound, ...]:
    """Return the sounds of one Khmer word; what is not Khmer is passed over.

    >>> "".join(sound.latin for sound in read_khmer("ស្រីមុំ"))
    'sreymom'
    """
    found = [_cluster(match) for match in CLUSTER.finditer(in_order(word))]
    heard = [c for c in found if TOANDAKHIAT not in c.signs]
    return tuple(_sounds(heard, _roles(heard)))


def _cluster(found: re.Match[str]) -> Cluster:
    rest = found["rest"]
    return Cluster(
        base=found["base"],
        below=tuple(re.findall(f"{SUBSCRIPT}([{BASES}])", rest)),
        shifter="".join(re.findall(f"[{SHIFTERS}]", rest)),
        vowel="".join(c for c in rest if c in VOWELS),
        signs="".join(re.findall(f"[{SIGNS}]", rest)),
    )


def _roles(clusters: list[Cluster]) -> list[str]:
    """For each cluster: "syllable", "final", or "either"; found from the last to the first."""
    roles: list[str] = []
    for place in range(len(clusters) - 1, -1, -1):
        after = roles[-1] if roles else None
        roles.append(_role(clusters, place, after))
    return roles[::-1]


def _role(clusters: list[Cluster], place: int, after: str | None) -> str:
    cluster = clusters[place]
    before = clusters[place - 1] if place else None
    weak = cluster.vowel in ("ិ", "ុ") and cluster.below and not cluster.signs
    if before is None:
        return "syllable"
    if _closes(before, cluster):
        return "final"
    if after == "final" or NIKAHIT in before.signs:
        return "syllable"
    if weak and after is None:
        return "final"
    if cluster.sounds_a_vowel:
        return "syllable"
    return "final" if after is None or BANTOC in cluster.signs else "either"


def _closes(before: Cluster, cluster: Cluster) -> bool:
    """Whether the letter can only end the syllable before it: ាំង is ang, ័យ is ey."""
    if cluster.sounds_a_vowel or cluster.below:
        return False
    if cluster.base == "ង" and NIKAHIT in before.signs:
        return before.vowel == "ា"
    return SAMYOK in before.signs and cluster.base == "យ"


def _sounds(clusters: list[Cluster], roles: list[str]) -> Iterator[Sound]:
    """The sounds in order; the series goes on through sonorants."""
    series = 0
    for place, (cluster, role) in enumerate(zip(clusters, roles, strict=True)):
        following = clusters[place + 1] if roles[place + 1 : place + 2] == ["final"] else None
        if role == "final":
            yield from _final(clusters[place - 1], cluster)
            continue
        series = _series(cluster, series)
        if role == "either":
            yield _either(clusters, place)
            continue
        yield from _onset(cluster, first=place == 0)
        yield from _nucleus(cluster, following, series)


def _series(cluster: Cluster, before: int) -> int:
    """1 or 2: the shifter's, else the last strong letter's, else that of the syllable before."""
    if cluster.shifter:
        return 1 if cluster.shifter == MUUSIKATOAN else 2
    strong = [c for c in cluster.letters if c in SERIES and c not in SONORANT]
    if strong:
        return SERIES[strong[-1]]
    return before or SERIES.get(cluster.base, 1)


def _onset(cluster: Cluster, *, first: bool) -> Iterator[Sound]:
    """The consonants before the vowel; inside a word the first of a stack ended a syllable."""
    for depth, letter in enumerate(cluster.letters):
        if letter in INDEPENDENT:
            continue
        if not depth:
            yield _top(cluster, first=first)
        elif depth < len(cluster.below) and not first:
            yield Sound("", ("", _below(letter).codes[0]))  # ចន្ទ្នារី: Channary
        else:
            yield _below(letter)


def _top(cluster: Cluster, *, first: bool) -> Sound:
    """The letter the others are written on."""
    base, inside = cluster.base, not first
    if base == "ប":
        return _bo(cluster)
    if base == "ហ" and cluster.below[:1] == ("វ",):
        return Sound("", ("",))  # together they write the f of other languages
    latin, code = CONSONANTS[base]
    codes: tuple[str, ...] = (code,)
    if base == "ស" and "ម" in cluster.below and inside:
        codes = ("S", "KS")  # រស្មី: Rasmey or Reaksmey
    elif base == "ត" and not cluster.below and inside:
        codes = ("T", "D")  # ធីតា: Thida
    elif base in "ដឌ" and cluster.below and inside:
        latin, codes = "t", ("T",)
    return Sound(latin, codes)


def _bo(cluster: Cluster) -> Sound:
    """ប: p with muusikatoan or a subscript, else b; either where its vowel is unwritten."""
    if cluster.shifter == MUUSIKATOAN or cluster.below:
        return Sound("p", ("P",))
    open_to_both = not cluster.shifter and not cluster.sounds_a_vowel
    return Sound("b", ("B", "P") if open_to_both else ("B",))  # បញ្ញា: Panha


def _below(letter: str) -> Sound:
    """A subscript: those of to and do look alike; bo is heard as b or p."""
    latin, code = CONSONANTS[letter]
    alike = {"ត": ("T", "D"), "ដ": ("D", "T"), "ប": ("B", "P"), "វ": ("V", "P")}
    return Sound(latin, alike.get(letter, (code,)))


def _either(clusters: list[Cluster], place: int) -> Sound:
    """The end of a syllable, or one of its own: likelier where no vowel is written before it.

    As an end only the first of a stack need sound, and a ro is silent.
    """
    cluster, before = clusters[place], clusters[place - 1]
    onset = list(_onset(cluster, first=False))
    whole = "".join(sound.codes[0] for sound in onset)
    latin, end = FINAL.get(cluster.base, CONSONANTS[cluster.base])
    ends = (end, whole) if cluster.below else (end,)
    stacked = set(clusters[place + 1].below) - SONORANT
    if stacked or not before.sounds_a_vowel:
        own = "".join(sound.latin for sound in onset) + "a"
        return Sound(own, (f"{whole}a", *ends, f"{whole}o"))
    return Sound(latin, (*ends, f"{whole}a", f"{whole}o"))


def _nucleus(cluster: Cluster, following: Cluster | None, series: int) -> Iterator[Sound]:
    """The vowel, with the glide or nasal that belongs to it."""
    if cluster.base in INDEPENDENT:
        yield Sound(*INDEPENDENT[cluster.base])
        return
    vowel = cluster.vowel[-1:]
    mark = SAMYOK if SAMYOK in cluster.signs else vowel
    if following and (mark, following.base) in GLIDES and not following.below:
        yield Sound(*GLIDES[mark, following.base])
    elif vowel:
        first, second, codes = VOWELS[vowel]
        yield Sound(first if series == 1 else second, codes)
    else:
        yield _unwritten(cluster, following)
    if NIKAHIT in cluster.signs and not (following and following.base == "ង"):
        yield Sound("m", ("M",))
    if YUUKALEAPINTU in cluster.signs:
        yield Sound("k", ("K", ""))


def _unwritten(cluster: Cluster, following: Cluster | None) -> Sound:
    """The vowel nobody writes: â or ô, a or o in Latin letters; short a under samyok and ៈ."""
    if set(cluster.signs) & {SAMYOK, YUUKALEAPINTU, REAHMUK}:
        return Sound("a", ("a", "o") if SAMYOK in cluster.signs else ("a",))
    short = following is not None and (BANTOC in following.signs or following.base in "ងកស")
    return Sound(*INHERENT[BANTOC if short else ""])


def _final(before: Cluster, cluster: Cluster) -> Iterator[Sound]:
    """The consonant that ends a syllable; below it only a last ro may sound."""
    mark = SAMYOK if SAMYOK in before.signs else before.vowel[-1:]
    if before.base not in INDEPENDENT and not cluster.below and (mark, cluster.base) in GLIDES:
        return
    if cluster.base in INDEPENDENT:
        yield Sound(*INDEPENDENT[cluster.base])
        return
    latin, code = FINAL.get(cluster.base, CONSONANTS[cluster.base])
    yield Sound(latin, (code,))
    stack = "".join(CONSONANTS.get(c, ("", ""))[1] for c in cluster.below)
    if cluster.below[-1:] == ("រ",):
        yield Sound("", ("", stack, f"{stack}a"))
    elif stack and cluster.base in "ងញណនម":
        yield Sound("", ("", stack))  # ចន្ទ: Chan, and by letters Chanth
    if cluster.vowel:
        yield Sound("", ("", VOWELS[cluster.vowel[-1]][2][0]))
