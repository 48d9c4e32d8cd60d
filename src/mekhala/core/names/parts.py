"""What a name is made of: titles and kin words, the name's own words, other names given with it.

Titles (លោក, Mr, นางสาว), kin words people are called by (បង, Ta, Yeay) and nicknames (in brackets,
or after ហៅ, alias, called) are set apart and kept: none of them is lost, none of them makes two
people one or one person two. Some words are both: Srey begins many women's names and is a way to
say *girl*; Om and Um are aunts and uncles and families. Such words are ``kin``: a name is compared
with them and without. Khmer order is family name first; which word is the family name
cannot be seen from a name, so it is not guessed here. The lists of words are ours; two native
readers have still to review them.
"""

import re
from dataclasses import dataclass

from mekhala.core.names.khmer import in_order
from mekhala.core.names.normal import normal_text

ALIAS = re.compile(
    r"\s(?:hao|alias|aka|a\.k\.a\.?|called|known as|nicknamed|nickname|dit|tên khác)\s"
    r"|\sហៅ(?:ក្រៅ)?\s?|ชื่อเล่น",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"[(\[«“\"‘]([^()\[\]«»“”\"‘’]+)[)\]»”\"’]")
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mister", "madam", "madame", "mme", "mlle", "dr", "lok", "lork"}
    | {"oknha", "samdech", "kanha", "kagna", "ven", "venerable", "bong", "yeay", "yay", "ming"}
    | {"លោក", "លោកស្រី", "អ្នកស្រី", "កញ្ញា", "ឧកញ៉ា", "សម្តេច", "សម្ដេច", "ព្រះ", "អ្នក"}
    | {"ក្មេង", "បង", "ប្អូន", "យាយ", "មីង", "ពូ", "ចែ", "អ៊ំ", "คุณ", "นาย", "นาง", "นางสาว"}
    | {"น ส", "ด ช", "ด ญ", "เด็กชาย", "เด็กหญิง", "nangsao", "ông", "bà", "chị", "cô", "chú"}
)
KIN = frozenset(  # kin words that are names of people too
    {
        "srey",
        "sray",
        "ស្រី",
        "neang",
        "នាង",
        "ta",
        "តា",
        "om",
        "um",
        "អ៊ុំ",
        "pou",
        "pu",
        "kong",
        "bang",
        "a",
        "អា",
    }
    | {"mi", "មី", "neak", "chae", "che", "phi", "nong", "nang", "nai", "khun", "anh", "chi", "em"}
    | {"co", "chu", "ong", "ba"}
)
GIRL = ("srey", "sray", "ស្រី")  # begins many women's names, and is left out on many papers
JOINED = ("លោកស្រី", "អ្នកស្រី", "កញ្ញា", "លោក", "นางสาว", "เด็กหญิง", "เด็กชาย", "นาย")
WRITTEN_ON = (
    *("បង", "ប្អូន", "យាយ", "មីង", "ពូ", "អ៊ំ", "អ៊ុំ", "នាង"),
)  # often without a space; few names begin so
MIDDLE = frozenset({"thi", "van"})  # Vietnamese thị and văn, left out on many papers


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """A name taken apart; every word of it is in one of the four.

    ``titles`` say who somebody is to the speaker, ``kin`` may do so or may be part of the name,
    ``words`` are the name's own, in the order written and in one written form, ``also`` are other
    names given with it.
    """

    titles: tuple[str, ...]
    words: tuple[str, ...]
    kin: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()

    @property
    def whole(self) -> tuple[str, ...]:
        """The name as written, kin words as part of it."""
        return (*self.kin, *self.words)

    @property
    def without_girl(self) -> tuple[str, ...]:
        """The words without Srey, written apart or onto the next word."""
        apart = [word for word in self.whole if word not in GIRL]
        return tuple(_without(word) for word in apart)


def parts_of(text: str) -> NameParts:
    """Take a name apart.

    >>> parts_of("Mr. Sok Dara (Map)")
    NameParts(titles=('mr',), words=('sok', 'dara'), kin=(), also=(('map',),))
    >>> parts_of("បង ចន្ធី").titles
    ('បង',)
    >>> parts_of("Ta Mok").kin, parts_of("Ta").words
    (('ta',), ('ta',))
    """
    inside = IN_BRACKETS.findall(text)
    main, *others = ALIAS.split(IN_BRACKETS.sub(" ", text))
    if normal_text(main) is None and inside:
        main, inside = inside[0], inside[1:]
    titles, kin, words = _titled(_words(main))
    also = [_titled(_words(other)) for other in [*others, *inside]]
    named = tuple((*near, *own) for _, near, own in also if own)
    return NameParts(titles=titles, kin=kin, words=words, also=named)


def _without(word: str) -> str:
    """A word without a Srey at its front, where a name is left (Sreymom, not Sreya)."""
    for girl in GIRL:
        rest = word.removeprefix(girl)
        if rest != word and len(rest) > 1:
            return rest
    return word


def without_title_on(word: str) -> str | None:
    """Return a Khmer word without the title or kin word written onto it; None where there is none.

    The rest has to be a word of its own: a letter and more than a mark that cuts it short.

    >>> without_title_on("យាយមុំ"), without_title_on("នាងពៅ")
    ('មុំ', 'ពៅ')
    >>> [without_title_on(word) for word in ("បង្ហាញ", "ពូន់", "មុំ")]
    [None, None, None]
    """
    for title in WRITTEN_ON:
        rest = word.removeprefix(title)
        if rest != word and len(rest.strip("់")) > 1 and "ក" <= rest[0] <= "ឳ":
            return rest
    return None


def parts_of_words(plain: list[str]) -> NameParts:
    """Take a name apart that is given as words in one written form, with no other names in it.

    The same as ``parts_of`` on such a name, for whoever has its words at hand.

    >>> parts_of_words(["mr", "sok", "dara"]) == parts_of("Mr. Sok Dara")
    True
    """
    titles, kin, words = _titled(_title_cut_off(plain))
    return NameParts(titles=titles, words=words, kin=kin)


def _words(text: str) -> list[str]:
    """The words in one written form, a title written onto a Khmer or Thai name cut off."""
    return _title_cut_off((normal_text(in_order(text)) or "").split())


def _title_cut_off(plain: list[str]) -> list[str]:
    if not plain or plain[0] in JOINED:
        return plain
    for title in JOINED:
        rest = plain[0].removeprefix(title)
        if rest != plain[0] and len(rest) > 1:
            return [title, rest, *plain[1:]]
    return plain


def _titled(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Titles, a kin word, and the rest; a name that is nothing but a title is a name."""
    count = 0
    while count < len(words) - 1 and words[count] in TITLES:
        count += 1
    kin = 1 if len(words) - count > 1 and words[count] in KIN else 0
    return tuple(words[:count]), tuple(words[count : count + kin]), tuple(words[count + kin :])
