"""The sound-alike key of a name, in whatever script it is written, and its Latin form.

Sources: those of the readers of each script (``khmer_sounds``, ``latin_sounds``, ``thai``).
"""

from collections.abc import Sequence
from functools import lru_cache

from mekhala.core.names.khmer import is_khmer
from mekhala.core.names.khmer_sounds import read_khmer
from mekhala.core.names.latin_sounds import folded, read_latin
from mekhala.core.names.parts import parts_of
from mekhala.core.names.sounds import Sound, keys_of
from mekhala.core.names.thai import is_thai, read_thai

KEPT = 65_536  # words whose reading is remembered: names repeat
LONGEST_WORD, MOST_WORDS = 60, 12  # signs and words; what follows is no name and is not heard


@lru_cache(maxsize=KEPT)
def read_word(word: str) -> tuple[Sound, ...]:
    """Return the sounds of one word of any of the scripts; () where no letter can be read.

    Heard are its first ``LONGEST_WORD`` signs.

    >>> [sound.codes for sound in read_word("សុខ")]
    [('S',), ('o',), ('K',)]
    """
    word = word[:LONGEST_WORD]
    if is_khmer(word):
        return read_khmer(word)
    return read_thai(word) if is_thai(word) else read_latin(word)


@lru_cache(maxsize=KEPT)
def keys_of_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of words read as one, so that Srey Mom and Sreymom are alike.

    ``words`` is a tuple. Words of which nothing is heard have no key.

    >>> keys_of_words(("srey", "mom")), keys_of_words(("123",))
    (('SRiMoM', 'SReMoM'), ())
    """
    sounds = [sound for word in words[:MOST_WORDS] for sound in read_word(word)]
    return tuple(filter(None, keys_of(sounds))) if sounds else ()


def keys_of_name(text: str) -> tuple[str, ...]:
    """Return the keys a name can be looked up under, the usual one first; () for no name.

    Those of the name as written, then those without a kin word or Srey at its front. Titles and
    other names given with it are left out. The words keep their order: to find names turned
    round, look each word up. Two names that share a key need not be one: see ``compare``.

    >>> keys_of_name("ស្រីមុំ")
    ('SRiMoM', 'MoM')
    >>> keys_of_name("Srey Mom")
    ('SRiMoM', 'SReMoM', 'MoM')
    >>> keys_of_name("Sok Sokha") == keys_of_name("សុខ សុខា") == keys_of_name("Sokh Sokkha")
    True
    """
    parts = parts_of(text)
    ways = dict.fromkeys((parts.whole, parts.words, parts.without_girl))
    return tuple(dict.fromkeys(key for words in ways if words for key in keys_of_words(words)))


def romanised(text: str) -> str:
    """Return a name in small Latin letters, each word as it is usually written, titles left out.

    One form of many: for a reader who does not read the script, not for comparing.

    >>> romanised("សុខ ដារា")
    'sokh dara'
    >>> romanised("Nguyễn Thị Lan")
    'nguyen thi lan'
    """
    return " ".join(_latin(word) for word in parts_of(text).whole)


def _latin(word: str) -> str:
    if is_khmer(word) or is_thai(word):
        return "".join(sound.latin for sound in read_word(word))
    return folded(word)
