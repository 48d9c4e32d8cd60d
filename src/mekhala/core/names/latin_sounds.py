"""How a name in Latin letters is read: the spellings of Khmer, Vietnamese and Thai names.

No one spelling is right: passports, schools and police write by ear, in the French manner (ou,
oeu, ch), the English one (oo, ee, j) or after the script (bh, dh). Read here: r before a
consonant or at the end is silent (Korng), h after a vowel too (Borah), b and d at the end are p
and t, v and w after a vowel end a diphthong (Pov, Keav). Accents and Vietnamese tones are
dropped, đ is d. Sources of the habits: DC-Cam 1998; UNGEGN 2003; Royal Institute of Thailand
1999 (RTGS); the classes are ours.
"""

import re
import unicodedata

from mekhala.core.names.sounds import Sound

CONSONANTS = {  # before a vowel
    **dict.fromkeys(("kh", "k", "c", "ck", "q", "g", "gh"), "K"), "qu": "KV", "x": "S",
    **dict.fromkeys(("chh", "ch", "j", "dj", "tch", "jh", "tj"), "C"),
    **dict.fromkeys(("t", "th"), "T"), "d": "D", "dh": "T",
    **dict.fromkeys(("p", "ph", "f", "bh"), "P"), "b": "B", "m": "M", "n": "N",
    **dict.fromkeys(("nh", "gn", "ñ"), "Z"), "ng": "G", "ngh": "G", "y": "Y", "r": "R", "l": "L",
    **dict.fromkeys(("v", "w"), "V"), **dict.fromkeys(("s", "z", "sh"), "S"), "h": "H",
}  # fmt: skip
CLOSING = CONSONANTS | {"b": "P", "d": "T", "r": "", "h": "", "y": ""}  # before no vowel
VOWELS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("a", "aa", "ea", "eaa", "aea"), ("a",)),
    "oa": ("a", "o"), "ia": ("a", "i", "ia"), "iea": ("i", "a"),
    **dict.fromkeys(("i", "y", "ee", "ii", "ei", "e", "ae", "ie"), ("i",)),
    "iy": ("i",), "eae": ("i",), "oea": ("y",), "ieu": ("i", "y"),
    "oe": ("i", "y"), "ue": ("y", "i"),
    **dict.fromkeys(("eu", "aeu", "ueu"), ("y",)),
    **dict.fromkeys(("oeu", "eou", "oeou", "euo"), ("y", "o")),
    **dict.fromkeys(("o", "u", "ou", "oo", "uo", "uu", "ua", "oua", "uou"), ("o",)),
    "au": ("w", "o"), "ao": ("w", "o"), "aou": ("w", "o"), "eao": ("w",), "eo": ("y", "o"),
    **dict.fromkeys(("ai", "ay", "aiy", "aay", "eay", "eai"), ("e",)),
    "ey": ("i", "e"), "eiy": ("i", "e"),
    **dict.fromkeys(("uy", "oy", "oi", "ui", "uoy", "ouy", "uoi", "oui"), ("q",)),
    **dict.fromkeys(("oeuy", "oey", "euy"), ("q", "y")),
    "iu": ("u",), "iou": ("u",), "io": ("u", "o"),
}  # fmt: skip
BEFORE_N = {"ea": ("a", "i")}  # អៀម is Eam, ជាម is Cheam
BEFORE_NG = {"ai": ("a", "e")}  # តាំង is Taing
AT_END = {"eo": ("u",), "ieu": ("u",), "ia": ("a", "i", "ia"), "ie": ("i",), "eou": ("u", "w")}
WITH_R = {
    "o": ("o", "a"),
    "a": ("a", "o"),
    "e": ("i", "y"),
    "eu": ("y",),
    "oeu": ("y", "o"),
}  # or, ar are mostly â
GLIDED = {  # before v or w and no further vowel
    **dict.fromkeys(("a", "o", "ou", "eo", "oa", "u", "ao", "eou"), ("w",)),
    **dict.fromkeys(("i", "e", "ie", "ea", "ae", "iea", "y"), ("u",)),
}
STEP = re.compile(
    r"(?P<vowel>(?:[aeiou]|y(?![aeiou]))+)"
    r"|(?P<consonant>^tch|chh|ngh|ng|[kgtdpbcjs]h|nh|gn|ck|qu|dj|tj|[^\W\daeiou])"
)


# Letters that Unicode does not take apart; œ stands in UNGEGN's romanisation of Khmer.
WHOLE_LETTERS = str.maketrans({"đ": "d", "ı": "i", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


def folded(text: str) -> str:
    """Return ``text`` in small letters without accents, tones or apostrophes; đ as d, œ as oe.

    >>> folded("Nguyễn Thị Đào"), folded("Chan Kœm")
    ('nguyen thi dao', 'chan koem')
    """
    plain = unicodedata.normalize("NFD", text.casefold().translate(WHOLE_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`")


def is_toned(text: str) -> bool:
    """Whether Latin letters bear accents or tones, as Vietnamese names in full do.

    >>> is_toned("Lê Thị Hà"), is_toned("Le Thi Ha")
    (True, False)
    """
    plain = unicodedata.normalize("NFD", text.casefold())
    latin = any("a" <= c <= "z" for c in plain)
    return latin and ("đ" in plain or any(unicodedata.combining(c) for c in plain))


def read_latin(word: str) -> tuple[Sound, ...]:
    """Return the sounds of one word in Latin letters.

    >>> from mekhala.core.names.sounds import keys_of
    >>> keys_of(read_latin("Phearun")) == keys_of(read_latin("Pharoun"))
    True
    """
    plain = folded(word)
    steps = list(STEP.finditer(plain))
    sounds: list[Sound] = []
    place = 0
    while place < len(steps):
        step = steps[place]
        if step["consonant"]:
            sounds.append(_consonant(step, plain))
            place += 1
            continue
        codes, taken = _vowel(step, plain)
        sounds.append(Sound(step[0] + taken, codes))
        place += 1 + bool(taken)
    return tuple(sounds)


def _consonant(step: re.Match[str], plain: str) -> Sound:
    """Before a vowel as itself, else as it closes a syllable; b and d before r are p and t."""
    letters = step["consonant"]
    onset = bool(re.match(r"[aeiouy]", plain[step.end() :]))
    table = CONSONANTS if onset else CLOSING
    return Sound(letters, (table.get(letters, ""),))


def _vowel(step: re.Match[str], plain: str) -> tuple[tuple[str, ...], str]:
    """What the vowels sound like, and the r, v or w after them that belongs to them."""
    letters, rest = step["vowel"], plain[step.end() :]
    if letters in GLIDED and re.match(r"[vw](?![aeiouyvw])", rest):
        return GLIDED[letters], rest[0]
    if letters in WITH_R and re.match(r"r(?![aeiouyr])", rest):
        return WITH_R[letters], "r"
    if letters in AT_END and not rest:
        return AT_END[letters], ""
    if letters in BEFORE_N and re.fullmatch(r"[nm]", rest):
        return BEFORE_N[letters], ""
    if letters in BEFORE_NG and rest.startswith("ng"):
        return BEFORE_NG[letters], ""
    return VOWELS.get(letters) or _long(letters), ""


def _long(letters: str) -> tuple[str, ...]:
    """A run of vowels that is no one vowel, read as the longest ones it is made of."""
    made = ""
    while letters:
        size = next(n for n in range(len(letters), 0, -1) if letters[:n] in VOWELS)
        made += VOWELS[letters[:size]][0]
        letters = letters[size:]
    return (made,)
