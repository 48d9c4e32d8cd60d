"""What a name sounds like, as far as its spelling tells: the alphabet of the sound-alike key.

A key is a string of sounds, capitals for consonants and small letters for vowels. Sounds that
the usual spellings of Khmer names do not keep apart are one letter: aspirated and plain (Kh and
K, Ph and P, Th and T, Chh and Ch), i and y and e, o and ou and u. Where a spelling can be
heard in two ways both are kept, the usual one first, so one name has one key or several; two
names sound alike where they share one.

    K C T D P B M N G R L V S H Y   G is ng, Z is nh (ñ)
    a  a ea oa                      i  i y ee ei e ae ie oe
    o  o ou u uo au oeu             y  eu oeu oe
    w  ao ov au                     e  ai ay ey
    q  uy oy                        u  eo ev iv iev

Which sounds the usual spellings confuse: where the BGN/PCGN 1972 and UNGEGN 2003 tables, DC-Cam's
transliteration table of 1998 and passports disagree. The classes are ours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_KEYS = 64  # of one name; the least usual ways of hearing it are left out beyond
AFTER_JOINING = (
    (re.compile("(?<=[KCTPG])H"), ""),  # Sok Heng is Sokheng
    (re.compile("NH|NY(?=[ao])"), "Z"),  # Kanya is Kanha
    (re.compile("TD"), "D"),
    (re.compile("DT"), "T"),
    (re.compile("aY"), "e"),
    (re.compile("oY"), "q"),
    (re.compile("[aow]V(?![a-z])"), "w"),
    (re.compile("[iyu]V(?![a-z])"), "u"),
    (re.compile("(?<=[ieqy])Y"), ""),  # Chariya is Charia
    (re.compile(r"(.)\1+"), r"\1"),  # doubled letters
)


@dataclass(frozen=True)
class Sound:
    """One step of a name: how it is usually written in Latin letters, and what it may sound like.

    ``codes`` are alternatives, the usual one first; "" is silence.
    """

    latin: str
    codes: tuple[str, ...]


def keys_of(sounds: Iterable[Sound]) -> tuple[str, ...]:
    """Return every key the sounds can have, the usual one first, at most ``MOST_KEYS``.

    >>> keys_of([Sound("kh", ("K",)), Sound("a", ("a", "o")), Sound("nn", ("N",))])
    ('KaN', 'KoN')
    """
    made = [""]
    for sound in sounds:
        made = [key + code for code in sound.codes for key in made][:MOST_KEYS]
    return tuple(dict.fromkeys(_joined(key) for key in made))


def _joined(key: str) -> str:
    """The key after its sounds have met: doubled ones are one, h goes into a stop before it."""
    for pattern, instead in AFTER_JOINING:
        key = pattern.sub(instead, key)
    return key
