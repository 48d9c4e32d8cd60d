"""A citation as somebody typed it, held against the texts that are kept.

"Article 96 of the Code of Criminal Procedure (2007)" is kept; "Civil Procedure Code 2008" is in no
table, and the text most like it is named; "KH-CPC-2070 Art. 96" is a misspelt code. Words that
cite no law ("order 12 of the investigating judge") are left alone.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from mekhala.core.law.library import HOME, articles_of, statutes
from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest

_CODE = re.compile(r"\b[A-Za-z]{2}-[A-Za-z]{1,12}(?:-[0-9]{2,4})?\b")
_ARTICLE = re.compile(r"(?:\bart(?:icle)?s?\b\.?|មាត្រា)\s*([0-9០-៩]{1,4}(?:-[0-9]{1,2})?)", re.I)
_LAW = re.compile(r"\b(?:law|code|act|decree|constitution)\b", re.I)
_WORD = re.compile(r"[a-z]+|[0-9]{4}")
_SMALL = frozenset({"of", "the", "on", "and", "in", "for", "kingdom", "cambodia"})
_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
ALIKE = 0.25  # of the words of two titles, from which one is named as the one that may be meant


class Standing(StrEnum):
    """How a citation stands to the texts that are kept."""

    KEPT = "kept"
    NO_LAW_CITED = "no_law_cited"
    MISSPELT = "misspelt"  # a code, so like a kept one that it is taken for a slip
    STATUTE_IN_NO_TABLE = "statute_in_no_table"
    ARTICLE_IN_NO_TABLE = "article_in_no_table"


@dataclass(frozen=True, kw_only=True)
class Cited:
    """What a citation names; ``meant`` is the code of the text kept that is most like it."""

    standing: Standing
    statute: str | None = None
    article: str | None = None
    meant: str | None = None


def read_citation(typed: str, *, country: str = HOME) -> Cited:
    """Return how ``typed`` stands to the texts kept of ``country``: the first citation in it."""
    found = _ARTICLE.search(typed)
    article = found[1].translate(_DIGITS) if found else None
    before = f"{typed[: found.start()]} {typed[found.end() :]}" if found else typed
    code = _CODE.search(before)
    if code:
        return check_code(code[0], article, country=country)
    if article is None and not _LAW.search(before):
        return Cited(standing=Standing.NO_LAW_CITED)
    like, is_same = _by_title(before, country)
    if like is None or not is_same:
        return Cited(standing=Standing.STATUTE_IN_NO_TABLE, article=article, meant=like)
    return check_code(like, article, country=country)


def check_code(statute: str, article: str | None, *, country: str = HOME) -> Cited:
    """Return how a statute named by its code, with or without an article, stands to the texts."""
    kept = statutes(country)
    if statute.upper() not in kept:
        slip = nearest(statute, kept, cutoff=CLEARLY_A_SLIP)
        how = Standing.MISSPELT if slip else Standing.STATUTE_IN_NO_TABLE
        return Cited(standing=how, statute=statute, article=article, meant=slip)
    named = statute.upper()
    if article is not None and not articles_of(named, article, country=country):
        return Cited(standing=Standing.ARTICLE_IN_NO_TABLE, statute=named, article=article)
    return Cited(standing=Standing.KEPT, statute=named, article=article)


def _by_title(typed: str, country: str) -> tuple[str | None, bool]:
    """Return the code of the text whose title is most like this, and whether it is its title.

    It is, if no word is added and none but the year is left out.
    """
    said = _words(typed)
    titles = {code: _words(one.title) for code, one in statutes(country).items()}
    like = {code: len(said & words) / len(said | words) for code, words in titles.items()}
    best = max(like, key=lambda code: like[code])
    if like[best] < ALIKE:
        return None, False
    left_out = {word for word in titles[best] - said if not word.isdigit()}
    return best, not (said - titles[best] or left_out)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _SMALL
