"""Slips of writing: of the finger on a Khmer or a Latin keyboard, and of the hand.

The Khmer keyboard is the one of the National ICT Development Authority (NiDA), on which each key
bears two letters, the second with shift. A vowel written before its consonant, as on paper the
eye sees it, is the commonest fault of order.
"""

from collections.abc import Mapping

from mekhala.sample.draws import Draws, Weighted

KEYS = (
    ("ឆឈ", "ឹឺ", "េែ", "រឬ", "តទ", "យួ", "ុូ", "ិី", "ោៅ", "ផភ", "ៀឿ"),
    ("ា", "សៃ", "ដឌ", "ថធ", "ងអ", "ហះ", "្ញ", "កគ", "លឡ", "ើ", "់៉"),
    ("ឋឍ", "ខឃ", "ចជ", "វ", "បព", "នណ", "មំ"),
)
LATIN_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BEFORE = "េែៃោើ"  # signs whose form, or a part of it, stands before the consonant
COENG = "្"
SIGNS = "ាិីឹឺុូួើឿៀេែៃោៅំះ៉៊់័៍"
ZERO_WIDTH_SPACE = "\u200b"

# what is heard alike and written otherwise; silent letters and signs are left out
BY_EAR = (
    ("័ក្ត្រ", "័ក្រ"), ("័ក្ត", "ក្ដ"), ("ត្រ", "ត"), ("ជ្រ", "ជ"), ("័ត្ន", "័ត"), ("ត្តិ", "ត"),
    ("ទ្ធ", "ធ"), ("ឌ្ឍ", "ឌ្ឋ"), ("ណ្ណ", "ណ"), ("ល្ល", "ល"), ("ន្ន", "ន"), ("ដ្ឋ", "ដ្ដ"),
    ("័ន្ទ", "ន្ទ"), ("ន្ធ", "ន្ទ"), ("ម្ប", "ំប"), ("ំរ", "ម្រ"), ("ៈ", "ះ"), ("ក្ស", "ក្ខ"),
    ("ស៊ី", "ស៊ិ"), ("ីណ", "ិណ"), ("ណ", "ន"), ("ឡ", "ល"), ("៉", ""), ("៊", ""), ("់", ""), ("៍", ""),
    ("ភ", "ផ"), ("ី", "ិ"), ("ឿ", "ឺ"),
)  # fmt: skip

KHMER_SLIP = Weighted({
    "shift": 30, "neighbour": 12, "before": 16, "doubled": 12, "coeng": 10, "sign": 20,
})  # fmt: skip
LATIN_SLIP = Weighted({"left out": 30, "neighbour": 22, "doubled": 18, "swapped": 18, "h": 12})


def _shifted() -> Mapping[str, str]:
    pairs = [key for row in KEYS for key in row if len(key) == 2]
    return {a: b for k in pairs for a, b in ((k[0], k[1]), (k[1], k[0]))}


def _beside(rows: tuple[tuple[str, ...], ...]) -> Mapping[str, str]:
    """Letter → the letters of the keys left and right of it, at the same level."""
    found: dict[str, str] = {}
    for row in rows:
        for place, key in enumerate(row):
            near = [row[p] for p in (place - 1, place + 1) if 0 <= p < len(row)]
            for level, letter in enumerate(key):
                found[letter] = "".join(k[level] for k in near if level < len(k))
    return found


SHIFTED = _shifted()
KHMER_BESIDE = _beside(KEYS)
LATIN_BESIDE = _beside(tuple(tuple(row) for row in LATIN_KEYS))


def by_ear(draws: Draws, word: str) -> str:
    """``word`` as somebody spells it who goes by its sound; as it is where nothing can differ."""
    ways = [(there, instead) for there, instead in BY_EAR if there in word]
    return word.replace(*draws.pick(ways), 1) if ways else word


def khmer_slip(draws: Draws, word: str) -> str:
    """``word`` with one slip; where the one drawn is impossible, with a shift key missed."""
    kind = draws.of(KHMER_SLIP)
    if kind == "before":
        at = [i for i, letter in enumerate(word) if letter in BEFORE and i]
        if at:
            i = draws.pick(at)
            return word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :]
    if kind == "coeng" and COENG in word[1:]:
        return word.replace(COENG, "", 1)
    signs = [i for i, letter in enumerate(word) if letter in SIGNS]
    if kind == "doubled" and signs:
        i = draws.pick(signs)
        return word[:i] + word[i] + word[i:]
    if kind == "sign" and signs:
        i = draws.pick(signs)
        return word[:i] + word[i + 1 :]
    return _other_key(draws, word, KHMER_BESIDE if kind == "neighbour" else SHIFTED)


def _other_key(draws: Draws, word: str, keys: Mapping[str, str]) -> str:
    at = [i for i, letter in enumerate(word) if keys.get(letter)]
    if not at:
        return word
    i = draws.pick(at)
    return word[:i] + draws.pick(keys[word[i]]) + word[i + 1 :]


def latin_slip(draws: Draws, word: str) -> str:
    """``word`` with one slip; a word of one or two letters is left as it is."""
    if len(word) < 3:
        return word
    kind, i = draws.of(LATIN_SLIP), draws.between(1, len(word) - 2)
    if kind == "left out":
        return word[:i] + word[i + 1 :]
    if kind == "doubled":
        return word[:i] + word[i] + word[i:]
    if kind == "swapped":
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind == "h" and "h" in word[1:]:
        return word[0] + word[1:].replace("h", "", 1)
    return word[:1] + _other_key(draws, word[1:], LATIN_BESIDE)


def with_invisible_space(draws: Draws, word: str) -> str:
    """``word`` with a space of no width in it, as pages that break Khmer lines leave behind."""
    i = draws.between(1, max(1, len(word) - 1))
    return word[:i] + ZERO_WIDTH_SPACE + word[i:]
