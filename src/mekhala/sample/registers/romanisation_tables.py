"""How Khmer is written in Latin letters: published tables and the habits of those who write.

Facts as published, in our words: the Geographic Department's system (UNGEGN 1995, first and
second series), BGN/PCGN 1972, ALA-LC (its marks left out, as typed), and what people and clerks
write: the usual spellings of today, the French of the protectorate, the list of the Documentation
Center of Cambodia (1998). Several forms stand apart by a space; one that is written oftener is
there more than once. Nothing here is taken from ``core.names``, whose comparison is measured on
what comes out.
"""

from collections.abc import Mapping

SYSTEMS = ("department", "bgn", "library", "dccam", "french", "usual")

# consonant: its series (a or o), its sound by the Geographic Department, by ALA-LC
CONSONANTS: Mapping[str, tuple[str, str, str]] = {
    "ក": ("a", "k", "k"), "ខ": ("a", "kh", "kh"), "គ": ("o", "k", "g"), "ឃ": ("o", "kh", "gh"),
    "ង": ("o", "ng", "ng"), "ច": ("a", "ch", "c"), "ឆ": ("a", "chh", "ch"),
    "ជ": ("o", "ch", "j"), "ឈ": ("o", "chh", "jh"), "ញ": ("o", "nh", "n"),
    "ដ": ("a", "d", "t"), "ឋ": ("a", "th", "th"), "ឌ": ("o", "d", "d"), "ឍ": ("o", "th", "dh"),
    "ណ": ("a", "n", "n"), "ត": ("a", "t", "t"), "ថ": ("a", "th", "th"), "ទ": ("o", "t", "d"),
    "ធ": ("o", "th", "dh"), "ន": ("o", "n", "n"), "ប": ("a", "b", "p"), "ផ": ("a", "ph", "ph"),
    "ព": ("o", "p", "b"), "ភ": ("o", "ph", "bh"), "ម": ("o", "m", "m"), "យ": ("o", "y", "y"),
    "រ": ("o", "r", "r"), "ល": ("o", "l", "l"), "វ": ("o", "v", "v"), "ស": ("a", "s", "s"),
    "ហ": ("a", "h", "h"), "ឡ": ("a", "l", "l"), "អ": ("a", "", ""),
}  # fmt: skip
SONORANT = frozenset("ងញណនមយរលវ")  # under another letter they leave its series alone

# first letters that somebody writes otherwise than the Geographic Department
FIRST: Mapping[str, Mapping[str, str]] = {
    "usual": {"kh": "kh kh kh kh k", "ch": "ch ch ch ch j", "chh": "chh chh ch ch",
              "nh": "nh nh ny gn",
              "ph": "ph ph ph p", "th": "th th th t", "v": "v v v w", "k": "k k k k g"},
    "french": {"ch": "ch tch", "chh": "ch tch chh", "nh": "gn gn nh"},
    "dccam": {"chh": "chh", "nh": "nh"},
}  # fmt: skip
# last letters, by sound; "-" stands for none
LAST: Mapping[str, Mapping[str, str]] = {
    "department": {"k": "k", "ch": "ch", "t": "t", "p": "p", "b": "b", "d": "t", "th": "t",
                   "kh": "k", "ph": "p", "s": "s", "h": "h", "r": "r", "chh": "ch"},
    "usual": {"k": "k k k k c", "ch": "ch ch ch c ck", "t": "t t th th", "d": "t th",
              "th": "th th t",
              "p": "p p b", "b": "p p b", "kh": "k k kh", "ph": "p ph", "s": "s s s h",
              "r": "- - r",
              "n": "n n n nn", "nh": "nh nh n ng", "m": "m m m mm", "chh": "ch", "l": "l l ll",
              "v": "v v w", "y": "y y i"},
    "french": {"k": "k c", "ch": "ch tch", "t": "t th", "d": "t th", "th": "th t", "p": "p",
               "b": "p",
               "kh": "k", "ph": "p", "s": "s ss", "r": "r -", "n": "n nn", "nh": "gn nh",
               "v": "v", "y": "y i", "chh": "ch"},
    "dccam": {"k": "k", "ch": "ch", "t": "t", "d": "t", "th": "th", "p": "p", "b": "p", "kh": "k",
              "ph": "p", "s": "s", "r": "r -", "chh": "ch"},
}  # fmt: skip

# vowel: of the first series, of the second; "" is the vowel that is not written
VOWELS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "department": {
        "": ("a", "o"), "់": ("a", "o"), "ា": ("a", "ea"), "ា់": ("a", "oa"), "័": ("a", "oa"),
        "ិ": ("e", "i"), "ី": ("ei", "i"), "ឹ": ("oe", "ue"), "ឺ": ("eu", "ueu"), "ុ": ("o", "u"),
        "ូ": ("ou", "u"), "ួ": ("uo", "uo"), "ើ": ("aeu", "eu"), "ឿ": ("oea", "oea"),
        "ៀ": ("ie", "ie"), "េ": ("e", "e"), "ែ": ("ae", "eae"), "ៃ": ("ai", "ey"),
        "ោ": ("ao", "ou"), "ៅ": ("au", "ov"), "ុំ": ("om", "um"), "ំ": ("am", "um"),
        "ាំ": ("am", "oam"), "ះ": ("ah", "eah"), "ុះ": ("oh", "uh"), "េះ": ("eh", "eh"),
        "ោះ": ("aoh", "uoh"), "ៈ": ("ak", "eak"), "ិះ": ("eh", "ih"),
    },
    "bgn": {
        "": ("â", "ô"), "់": ("á", "ó"), "ា": ("a", "éa"), "ា់": ("ă", "oă"), "័": ("ă", "oă"),
        "ិ": ("ĕ", "ĭ"), "ី": ("ei", "i"), "ឹ": ("œ̆", "œ̆"), "ឺ": ("œ", "œ"), "ុ": ("ŏ", "ŭ"),
        "ូ": ("o", "u"), "ួ": ("uŏ", "uŏ"), "ើ": ("aeu", "eu"), "ឿ": ("œă", "œă"),
        "ៀ": ("iĕ", "iĕ"), "េ": ("é", "é"), "ែ": ("ê", "ê"), "ៃ": ("ai", "ey"),
        "ោ": ("aô", "oŭ"), "ៅ": ("au", "ŏu"), "ុំ": ("om", "ŭm"), "ំ": ("âm", "um"),
        "ាំ": ("ăm", "ŏâm"), "ះ": ("ăh", "eăh"), "ុះ": ("ŏh", "uh"), "េះ": ("éh", "éh"),
        "ោះ": ("aŏh", "uŏh"), "ៈ": ("ăk", "eăk"), "ិះ": ("ĕh", "ĭh"),
    },
    "library": {
        "": ("a", "a"), "់": ("a", "a"), "ា": ("a", "a"), "ា់": ("a", "a"), "័": ("a", "a"),
        "ិ": ("i", "i"), "ី": ("i", "i"), "ឹ": ("y", "y"), "ឺ": ("y", "y"), "ុ": ("u", "u"),
        "ូ": ("u", "u"), "ួ": ("uo", "uo"), "ើ": ("oe", "oe"), "ឿ": ("ya", "ya"),
        "ៀ": ("ia", "ia"), "េ": ("e", "e"), "ែ": ("ae", "ae"), "ៃ": ("ai", "ai"),
        "ោ": ("o", "o"), "ៅ": ("au", "au"), "ុំ": ("um", "um"), "ំ": ("am", "am"),
        "ាំ": ("am", "am"), "ះ": ("ah", "ah"), "ុះ": ("uh", "uh"), "េះ": ("eh", "eh"),
        "ោះ": ("oh", "oh"), "ៈ": ("a", "a"), "ិះ": ("ih", "ih"),
    },
    "dccam": {
        "": ("a", "o"), "់": ("a", "o"), "ា": ("a", "ea"), "ា់": ("a", "oa"), "័": ("a", "oa"),
        "ិ": ("e", "i"), "ី": ("ei ey", "y i"), "ឹ": ("oe", "eu"), "ឺ": ("eu", "eu"),
        "ុ": ("o", "u"), "ូ": ("o", "u ou"), "ួ": ("uo", "uo"), "ើ": ("aeu", "eu"),
        "ឿ": ("oeu", "oeu"), "ៀ": ("ie", "ie"), "េ": ("e", "e"), "ែ": ("e ae", "e"),
        "ៃ": ("ai", "ei"), "ោ": ("ao", "o"), "ៅ": ("au", "ov"), "ុំ": ("om", "um"),
        "ំ": ("am", "um"), "ាំ": ("am", "oam"), "ះ": ("as", "eas"), "ុះ": ("os", "us"),
        "េះ": ("es", "es"), "ោះ": ("aos", "uos"), "ៈ": ("ak", "eak"), "ិះ": ("es", "is"),
    },
    "french": {
        "": ("a o", "o ô"), "់": ("a", "o"), "ា": ("a", "ea éa"), "ា់": ("a", "oa ea"),
        "័": ("a", "oa"), "ិ": ("e é", "i"), "ី": ("ei ey", "i y"), "ឹ": ("oeu eu", "eu"),
        "ឺ": ("eu", "eu"), "ុ": ("o", "ou u"), "ូ": ("o", "ou ou u"), "ួ": ("uo oua", "uo oua"),
        "ើ": ("aeu oeu", "eu oeu"), "ឿ": ("oeu eua", "oeu"),
        "ៀ": ("ie ieu", "ie"), "េ": ("é e", "é e"), "ែ": ("è e", "è e"), "ៃ": ("ai ay", "ey ei"),
        "ោ": ("ao", "o ô"), "ៅ": ("au ao", "eou ou"), "ុំ": ("om", "oum um"), "ំ": ("am", "om oum"),
        "ាំ": ("am", "oam"), "ះ": ("as a", "eas"), "ុះ": ("os", "ous"), "េះ": ("es", "és"),
        "ោះ": ("os", "oas"), "ៈ": ("a ak", "ea eak"), "ិះ": ("es", "is"),
    },
    "usual": {
        "": ("a o or", "o o o or"), "់": ("a o", "o or u"),
        "ា": ("a a a a a ar ah", "ea ea ea ea ia ie a"),
        "ា់": ("a", "oa ea a"), "័": ("a", "oa o ea a"), "ិ": ("e i e", "i i e"),
        "ី": ("ei ey y i ee", "y i i y ee"), "ឹ": ("oe eu u e", "ue eu oeu i"),
        "ឺ": ("eu oeu eur", "eu u ue"), "ុ": ("o o u", "u u o ou"),
        "ូ": ("ou o u oo", "u ou ou oo"),
        "ួ": ("uo uo ou ua", "uo uo ou"), "ើ": ("aeu eu oeu er", "eu eu er oeu"),
        "ឿ": ("oeu oeu eua oeur eu", "oeu oeu eua oeur eu"), "ៀ": ("ie ie ea ia", "ie ie ea ia"),
        "េ": ("e e ei ay", "e e ey ei"), "ែ": ("ae e e ea", "e ae ea"),
        "ៃ": ("ai ay ai", "ey ei ai y"),
        "ោ": ("ao o or", "o o ou or"), "ៅ": ("au ao av ow", "ov ou eov ow"),
        "ុំ": ("om um", "um om oum"),
        "ំ": ("am om", "um om oum"), "ាំ": ("am", "oam am oum"), "ះ": ("as ah a", "eas eah ea"),
        "ុះ": ("os oh", "us uh"), "េះ": ("es eh", "es eh"), "ោះ": ("aos oh", "os uoh"),
        "ៈ": ("ak a ac", "eak ak ea a"), "ិះ": ("eh es", "is ih"),
    },
}  # fmt: skip
INDEPENDENT: Mapping[str, str] = {
    "ឥ": "e i", "ឦ": "ey ei", "ឧ": "u o ou", "ឩ": "u ou", "ឪ": "ov au", "ឯ": "e ae",
    "ឱ": "ao o", "ឰ": "ai ay", "ឳ": "au av", "ឫ": "rue ri", "ឬ": "rue reu", "ឭ": "lue",
    "ឮ": "lue leu",
}  # fmt: skip
