"""Khmer text in one order of signs, whatever order it was typed in.

A Khmer syllable looks the same on the screen however its signs follow each other in the file, so
one name is kept in many ways and equals itself in none. Here each cluster is put into the order
the Unicode Standard (16.0, section 16.4, Khmer) and Unicode Technical Note 61 (Hosken,
*Khmer Encoding Structure*, 2025) give: consonant, robat, subscripts (with ro last), register
shifter, vowel, other signs. Also mended: a vowel typed before its consonant at the start of a
word, vowels typed in parts, letters Unicode advises against, a u that is really a shifter.
Nothing that can be told apart on the screen is made one.
"""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u034f\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
SUBSCRIPT = "\u17d2"  # coeng: what follows is written below
CONSONANTS = "\u1780-\u17a2"
BASES = "\u1780-\u17b3"  # consonants and independent vowels
ROBAT = "\u17cc"
SHIFTERS = "\u17c9\u17ca"  # muusikatoan, triisap
VOWELS = "\u17b6-\u17c5"
SIGNS = "\u17c6-\u17c8\u17cb\u17cd-\u17d1\u17d3\u17dd"
BEFORE = "\u17be-\u17c5"  # vowels with a part left of their consonant
REPLACED = {
    "\u17a3": "\u17a2",  # independent a: discouraged
    "\u17a4": "\u17a2\u17b6",
    "\u17b2": "\u17b1",  # two forms of independent o
    "\u17d3": "\u17c6",  # bathamasat used for nikahit
    "\u17dd": "\u17d1",  # atthacan used for viriam
}
TYPED_IN_PARTS = {
    "\u17b8\u17c1": "\u17be",
    "\u17b6\u17c1": "\u17c4",
}  # e with ii or aa looks like one vowel; here the halves stand in sorted order
ABOVE = "\u17b7-\u17ba\u17be"  # vowels with a part above, under which a shifter is drawn as u
TAKES_TRIISAP = frozenset("បសហអ")
PART = f"{SUBSCRIPT}[{BASES}]|[{ROBAT}{SHIFTERS}{VOWELS}{SIGNS}]"
CLUSTER = re.compile(f"(?P<base>[{BASES}])(?P<rest>(?:{PART})*)")
EARLY_VOWEL = re.compile(
    f"(?<![\u1780-\u17d3\u17dd])(?P<vowel>[{BEFORE}])"
    f"(?P<on>[{CONSONANTS}](?:{SUBSCRIPT}[{CONSONANTS}])*[{SHIFTERS}]?)(?![{VOWELS}{SHIFTERS}{SUBSCRIPT}{ROBAT}])"
)


def is_khmer(text: str) -> bool:
    """Whether at least one letter is Khmer.

    >>> is_khmer("ដារា"), is_khmer("Dara")
    (True, False)
    """
    return any("\u1780" <= c <= "\u17b3" for c in text)


def in_order(text: str) -> str:
    """Return ``text`` with every Khmer cluster in one order of signs; other text is left alone.

    Doing it again changes nothing. Sources: see the module.

    >>> in_order("ស្រី") == in_order("សី្រ")
    True
    >>> in_order("អុំ") == in_order("អំុ")
    True
    >>> in_order("េសង") == "សេង"
    True
    >>> in_order("សុី") == "ស៊ី"
    True
    """
    plain = INVISIBLE.sub("", text)
    for old, new in REPLACED.items():  # before NFC, which tears U+17DD and a subscript apart
        plain = plain.replace(old, new)
    plain = unicodedata.normalize("NFC", plain)
    plain = EARLY_VOWEL.sub(r"\g<on>\g<vowel>", plain)
    return CLUSTER.sub(_ordered, plain)


def _ordered(found: re.Match[str]) -> str:
    """One cluster in order; a sign given twice is given once."""
    parts = list(dict.fromkeys(re.findall(PART, found["rest"])))
    below = [p for p in parts if p[0] == SUBSCRIPT]
    subscripts = sorted(below, key=lambda p: p[1] == "\u179a")
    vowels = _one_vowel("".join(p for p in parts if re.match(f"[{VOWELS}]", p)))
    shifter = "".join(p for p in parts if p in SHIFTERS)
    if not shifter and len(vowels) == 2 and re.fullmatch(f"\u17bb[{ABOVE}]", vowels):
        shifter, vowels = _shifter(found["base"], subscripts), vowels[1]
    signs = sorted(p for p in parts if re.match(f"[{SIGNS}]", p))
    robat = ROBAT if ROBAT in parts else ""
    return "".join([found["base"], robat, *subscripts, shifter, vowels, *signs])


def _one_vowel(vowels: str) -> str:
    """The vowels of a cluster, two halves put together, u before what stands above it."""
    vowels = "".join(sorted(vowels, key=lambda v: (v != "\u17bb", v)))
    for halves, whole in TYPED_IN_PARTS.items():
        vowels = vowels.replace(halves, whole)
    return "".join(sorted(set(vowels), key=lambda v: (v != "\u17bb", v)))


def _shifter(base: str, subscripts: list[str]) -> str:
    """The shifter a u below another vowel stands for: triisap where that consonant takes it."""
    consonants = {base, *(s[1] for s in subscripts)}
    return "\u17ca" if consonants & TAKES_TRIISAP else "\u17c9"
