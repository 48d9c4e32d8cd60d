"""A record's name as the comparison reads it: all written forms, sounds of words, both orders."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from mekhala.core.names.khmer import INVISIBLE, in_order
from mekhala.core.names.latin_sounds import folded
from mekhala.core.names.normal import UNKNOWN, is_latin, normal_text
from mekhala.core.names.parts import (
    ALIAS,
    GIRL,
    JOINED,
    KIN,
    TITLES,
    NameParts,
    parts_of,
    parts_of_words,
)
from mekhala.core.names.sound_key import keys_of_words
from mekhala.core.names.sounds import AFTER_JOINING

KEPT = 262_144  # words remembered: they repeat, whole names do not
MOST_WORDS, MOST_READINGS, MOST_KEYS = 6, 3, 4
GLIDES, FEWEST_BONES, FEWEST_OF_A_WORD = (
    "YHV",
    3,
    2,
)  # heard and not heard between vowels; consonants of a name
LONG = 7  # signs: a native name of more, written without a space, is taken for two words
OPENS = re.compile(r"[(\[«“\"‘]")
ASIDE = frozenset(  # words that are more than a word of the name wherever they stand
    {word for text in UNKNOWN for word in text.split()} | TITLES | KIN
    | {"hao", "alias", "aka", "called", "known", "nicknamed", "nickname", "dit", "tên"}
)  # fmt: skip

type Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name in the forms that are compared; None where there is no such form.

    ``native``: in a script of its own, without spaces. ``latin``, ``latin_turned``: in Latin
    letters without accents, as written and with the first word last. ``key``, ``key_turned``: how
    it usually sounds, likewise. ``whole``: every key of the whole name, in any order. ``sounds``:
    the keys of each word, and of all but the first or last read as one. ``bones``: the consonants
    of the whole name in either order, where they are enough to tell names apart. ``single``: only
    one word of it is known.
    """

    native: str | None = None
    latin: str | None = None
    latin_turned: str | None = None
    key: str | None = None
    key_turned: str | None = None
    whole: tuple[str, ...] | None = None
    sounds: tuple[str, ...] | None = None
    bones: tuple[str, ...] | None = None
    single: bool | None = None


NO_NAME = Name()


def name_of(record: Mapping[str, str]) -> Name:
    """Return the name of a record, from its four columns of names."""
    columns = ("family_name", "given_name", "full_name", "name_km")
    return name_of_texts(*(record.get(column) or "" for column in columns))


def name_of_texts(family: str, given: str, full: str, native: str) -> Name:
    """Return the name that stands in the four columns; what is unknown adds nothing."""
    whole = f"{family} {given}" if family and given else family or given
    forms = [form for text in (whole, full, native) if text for form in _forms(text)]
    return _joined(list(dict.fromkeys(forms))) if forms else NO_NAME


def parent_keys(text: str) -> tuple[str, ...] | None:
    """Return how the name of a parent may be known again: whole, by its last word, by consonants.

    A parent is put down with the family name or without it, in either script.
    """
    forms = _forms(text)
    found = dict.fromkeys(key for form in forms for key in _whole_keys(form))
    given = [key for form in forms for key in word_keys(form[-1])]
    bones = [f"~{_bone(key)}" for key in given[:1] if len(_bone(key)) >= FEWEST_OF_A_WORD]
    return tuple(dict.fromkeys([*found, *given, *bones]))[: 3 * MOST_KEYS] or None


def _joined(forms: list[Words]) -> Name:
    latin = next((form for form in forms if all(word.isascii() for word in form)), ())
    other = "".join(next((form for form in forms if not form[0].isascii()), ()))
    best = max(forms, key=len) if len(forms) > 1 else forms[0]
    keys = {form: _whole_keys(form) for form in forms}
    whole = dict.fromkeys(key for found in keys.values() for key in found)
    sounds = dict.fromkeys(key for form in forms for word in form for key in word_keys(word))
    for form in forms:
        if len(form) > 2:
            sounds |= dict.fromkeys(_read_as_one(form[1:]) + _read_as_one(form[:-1]))
    turned = next(iter(_read_as_one(_turned(best))), None)
    return Name(
        native=other or None,
        latin=" ".join(latin) or None,
        latin_turned=" ".join(_turned(latin)) or None,
        key=next(iter(keys[best]), None),
        key_turned=turned,
        whole=tuple(whole)[: 2 * MOST_KEYS] or None,
        sounds=tuple(sounds)[: 2 * MOST_WORDS] or None,
        bones=_bones(next(iter(keys[best]), None), turned),
        single=len(best) == 1 and len(other) <= LONG,
    )


def _bones(*keys: str | None) -> tuple[str, ...] | None:
    found = {_bone(key) for key in keys if key}
    return tuple(sorted(bone for bone in found if len(bone) >= FEWEST_BONES)) or None


def _bone(key: str) -> str:
    return "".join(sound for sound in key if sound.isupper() and sound not in GLIDES)


def _forms(text: str) -> Sequence[Words]:
    """The names a text gives, each as words; Latin ones without accents, others as written."""
    words = tuple(word for word in map(_simple, text.split()) if word is not None)
    if len(words) == len(text.split()):
        return (words[:MOST_WORDS],) if words else ()
    return _taken_apart(text)


@lru_cache(maxsize=KEPT)
def _simple(raw: str) -> str | None:
    """A written word as it is compared, where it is one word of a name and nothing besides."""
    normal = _normal(raw)
    if len(normal) != 1 or normal[0] in ASIDE or normal[0].startswith((*GIRL, *JOINED)):
        return None
    if any(unicodedata.category(sign)[0] not in "LM" for sign in INVISIBLE.sub("", raw)):
        return None
    return _plain(normal[0])


@lru_cache(maxsize=KEPT)
def _taken_apart(text: str) -> Sequence[Words]:
    parts = _parts(text)
    found = [parts.whole, *parts.also]
    if parts.kin:
        found.append(parts.words)
    if parts.without_girl:
        found.append(parts.without_girl)
    return [tuple(map(_plain, form))[:MOST_WORDS] for form in dict.fromkeys(found) if form]


def _parts(text: str) -> NameParts:
    if OPENS.search(text) or ALIAS.search(text):
        return parts_of(text)
    words = [word for raw in text.split() for word in _normal(raw)]
    return parts_of_words([] if " ".join(words) in UNKNOWN else words)


@lru_cache(maxsize=KEPT)
def _normal(raw: str) -> Words:
    """One written word in its normal form, which may be several words or none."""
    if raw.isascii() and raw.isalpha():
        return (raw.lower(),)
    return tuple((normal_text(in_order(f"{raw}·")) or "").split())


@lru_cache(maxsize=KEPT)
def _plain(word: str) -> str:
    return folded(word) if is_latin(word) else word


@lru_cache(maxsize=KEPT)
def word_keys(word: str) -> tuple[str, ...]:
    """Return the keys of one word, the usual one first, at most ``MOST_READINGS``.

    >>> word_keys("mom")
    ('MoM',)
    """
    return keys_of_words((word,))[:MOST_READINGS]


def _whole_keys(words: Words) -> list[str]:
    """The keys of the words read as one: as written, the first one last, the last one first."""
    found = _read_as_one(words)
    if len(words) > 1:
        found += _read_as_one(_turned(words))
    if len(words) > 2:
        found += _read_as_one((words[-1], *words[:-1]))
    return found


def _read_as_one(words: Words) -> list[str]:
    made: list[str] = []
    for word in words:
        keys = word_keys(word)
        if not keys:
            continue
        if not made:
            made = list(keys)
        elif len(keys) == 1 == len(made):
            made = [_met(made[0], keys[0])]
        else:
            made = [_met(key, more) for more in keys for key in made][:MOST_KEYS]
    return made


def _turned(words: Words) -> Words:
    return (*words[1:], *words[:1])


def _met(one: str, other: str) -> str:
    """Two keys read as one: only sounds at the seam change (``sounds.keys_of``)."""
    if not _changes(one[-1] + other[0]):
        return one + other
    return one[:-2] + _seam(one[-2:], other[:2], len(other) < 2) + other[2:]


@cache
def _changes(pair: str) -> bool:
    return any(
        pattern.search(ended) for pattern, _ in AFTER_JOINING for ended in (pair, f"{pair}a")
    )


@lru_cache(maxsize=KEPT)
def _seam(end: str, start: str, ends: bool) -> str:
    """Where two keys meet; the j stands for the vowel that may follow and keeps a v a v."""
    key = f"{end}{start}" if ends else f"{end}{start}j"
    for pattern, instead in AFTER_JOINING:
        key = pattern.sub(instead, key)
    return key if ends else key[:-1]
