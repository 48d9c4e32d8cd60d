"""What a page may say under ``outcome``, and whether each thing is written as it must be."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mekhala.core.law.written import Place, mapping, pairs

type Row = Mapping[str, Any]


class Written(StrEnum):
    """How a thing is written; the words complete "expected … under 'key'"."""

    ANSWER = "true, false or null (not known)"
    WORD = "one word, or null"
    WORDS = "a list of words"
    YEARS = "[least, most] years, or null where the range is not known"
    ANSWERS = "articles and true, false or null for each"
    FITS = "articles and fits, does_not_fit, undetermined, not_in_force or not_in_tables for each"


# Of the article the page is judged under.
OF_THE_ARTICLE = {
    "established": Written.ANSWER,
    "missing": Written.WORDS,  # elements that are still open
    "years": Written.YEARS,
    "years_if_aggravated": Written.YEARS,
    "penalty": Written.WORD,  # the range in words, with the fine; null if not known
    "aggravated_by": Written.WORDS,
    "possible_aggravation": Written.WORDS,
    "aggravations_to_ask": Written.WORDS,
    "governs": Written.WORD,
    "standing": Written.WORD,
    "displaced_by": Written.WORDS,  # citations of later law
    "liability": Written.WORD,  # accomplice, instigator, attempt, accomplice_in_attempt …
    "punished_as": Written.WORD,
    "age_basis": Written.WORD,
}
# Of everything ``assess`` says beside it.
BESIDE = {
    "classification": Written.WORD,
    "continuum": Written.WORD,
    "exploitation": Written.WORDS,
    "non_punishment": Written.WORDS,
    "warnings": Written.WORDS,  # at least these
    "warnings_not": Written.WORDS,  # none of these
    "not_assessed": Written.WORDS,  # at least these offences are told in outline only
    "beside": Written.ANSWERS,  # other articles, and whether each is made out
    "charges": Written.FITS,
}
NOT_IN_FORCE = "not_in_force"
KEYS = {**OF_THE_ARTICLE, **BESIDE, NOT_IN_FORCE: Written.ANSWER}


def check_expected(row: Row, place: Place) -> Row:
    """Return ``outcome`` of a page; raise ``WrongInput`` where a part is written wrongly.

    A page says ``established``, or ``not_in_force: true`` and nothing else of the article.
    """
    inside = pairs(row, "outcome", place)
    here = place.at(row, "outcome").within("outcome")
    mapping(inside, here, set(KEYS))
    for key, value in inside.items():
        if not _written(value, KEYS[key]):
            raise here.at(inside, key).wrong(f"{key}: expected {KEYS[key]}, found {value!r}")
    ended = inside.get(NOT_IN_FORCE) is True
    if ended == ("established" in inside):
        raise here.wrong("expected either 'established' or 'not_in_force: true'")
    if ended and (said := [key for key in inside if key in OF_THE_ARTICLE]):
        raise here.at(inside, said[0]).wrong(f"{said[0]}: nothing follows of what is not in force")
    return inside


def _written(value: object, how: Written) -> bool:
    match how:
        case Written.ANSWER:
            return value is None or isinstance(value, bool)
        case Written.WORD:
            return value is None or isinstance(value, str)
        case Written.WORDS:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case Written.YEARS:
            return value is None or _two_numbers(value)
        case Written.ANSWERS:
            return _each(value, Written.ANSWER)
        case Written.FITS:
            return _each(value, Written.WORD)


def _two_numbers(value: object) -> bool:
    numbers = isinstance(value, list) and [each for each in value if type(each) in (int, float)]
    return numbers == value and len(value) == 2  # type: ignore[arg-type]


def _each(value: object, how: Written) -> bool:
    return isinstance(value, Mapping) and all(_written(each, how) for each in value.values())
