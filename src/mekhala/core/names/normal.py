"""One written form for names that differ only in how they were typed.

What is done: Unicode NFKC, invisible characters dropped (zero-width spaces are common in
official Khmer files), lower case, every decimal digit (Khmer, Thai, …) as 0-9, punctuation
as a space, spaces collapsed, Khmer signs in one order (``khmer.in_order``). Spelling is left
alone: what sounds alike is another question (``compare``) than what is written alike. Sources:
Unicode Standard Annex 15 (NFKC) and section 16.4 (Khmer); the words for "unknown" are ours.
"""

import unicodedata

from mekhala.core.names.khmer import INVISIBLE, in_order

__all__ = ["INVISIBLE", "UNKNOWN", "digits", "full_name", "is_latin", "normal_text"]
UNKNOWN = frozenset(  # "NA" is far more often a blank than a name: a missed key harms less
    {"unknown", "unk", "not known", "not stated", "not given", "none", "no name", "nil"}
    | {"na", "n a", "x", "xx", "xxx", "មិនស្គាល់", "មិនដឹង", "គ្មាន", "ไม่ทราบ", "không rõ"}
)


def digits(text: str) -> str:
    """The text with every decimal digit of any script as 0-9.

    >>> digits("ឆ្នាំ ១៩៩១")
    'ឆ្នាំ 1991'
    """
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def normal_text(text: str | None) -> str | None:
    """The text in one written form; None where nothing, or a word for "unknown", is written.

    >>> normal_text("  SOK  Dara-។"), normal_text("N/A")
    ('sok dara', None)
    """
    plain = in_order(unicodedata.normalize("NFKC", INVISIBLE.sub("", text or "")))
    plain = digits(plain.casefold()).replace("'", "").replace("’", "")
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain)
    joined = " ".join(kept.split())
    return None if not joined or joined in UNKNOWN else joined


def is_latin(text: str) -> bool:
    """Whether every letter is of the Latin alphabet.

    >>> is_latin("Đặng"), is_latin("សុខ")
    (True, False)
    """
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


def full_name(text: str | None) -> str | None:
    """A whole name for exact comparison; None where it is unknown or may be only a part.

    Latin words come in either order (family name first or last), so they are sorted; one
    Latin word alone is not known to be a whole name. Khmer and other scripts keep their
    order and lose their spaces, which they are written with or without.

    >>> full_name("DARA, Sok"), full_name("សុខ ដារា"), full_name("Sok")
    ('dara sok', 'សុខដារា', None)
    """
    plain = normal_text(text)
    if plain is None:
        return None
    words = plain.split()
    if is_latin(plain):
        return " ".join(sorted(words)) if len(words) > 1 else None
    return "".join(words) if any(c.isalpha() for c in plain) else None
