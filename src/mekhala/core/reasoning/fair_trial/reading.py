"""A proceeding as it is written, read and checked: a mistake is named by case, key and value.

Every key may be left out, be null or be ``unknown``, and so may every entry of a list. A key that
is clearly a misspelling of ours is refused; any other is the agency's own and is left aside.
"""

from collections.abc import Mapping
from typing import Any

from mekhala.core.reasoning.case import VALUES, read_conduct, read_facts, read_person
from mekhala.core.reasoning.fair_trial.proceeding import (
    Accused,
    Allegation,
    Appeal,
    Cited,
    CoAccused,
    Complaint,
    Custody,
    Demand,
    Facts,
    Hearing,
    Proceeding,
    Statement,
    Verdict,
)
from mekhala.core.reasoning.fair_trial.row import Row, object_at
from mekhala.core.reasoning.fair_trial.words import (
    EVIDENCE,
    OFFICIALS,
    VERDICTS,
    Complainant,
    Demander,
    Form,
    Maker,
    Obstacle,
    PaidFor,
    Part,
    Result,
)
from mekhala.core.wrong_input import WrongInput

KEYS = (
    *("case", "accused", "complaint", "custody", "statements", "evidence", "payments_demanded"),
    *("hearing", "charges", "conduct", "alleged_victim", "facts", "none_of", "verdict", "appeal"),
    *("co_accused", "confiscation", "officials_alleged"),
)


def read_proceedings(document: object) -> Proceeding | list[Proceeding]:
    """Return the proceeding of one object, or those of an array in its order."""
    if isinstance(document, list):
        return [
            read_proceeding(each, place=f"object {i}") for i, each in enumerate(document, start=1)
        ]
    if not isinstance(document, Mapping):
        raise WrongInput("expected one object or an array of objects")
    return read_proceeding(document)


def read_proceeding(document: object, *, place: str = "the object") -> Proceeding:
    """Return what ``document`` tells; raise ``WrongInput`` naming case, key and value.

    ``place`` stands for the case's name where it has none.
    """
    written = object_at(document, place)
    name = written.get("case")
    if name is not None and not isinstance(name, str):
        raise WrongInput(f"{place}: case: {name!r} is not a text; expected a name in quotes")
    top = Row(written, f"case {name!r}" if name else place)
    top.check(KEYS)
    if written and written.keys().isdisjoint(KEYS):
        raise WrongInput(f"{top.where}: holds none of the keys of a proceeding: {', '.join(KEYS)}")
    conduct = _without_unknown(top.inside("conduct"), ("from", "to"))
    victim = top.inside("alleged_victim")
    return Proceeding(
        name=name,
        accused=_accused(top.inside("accused")),
        complaint=_complaint(top.inside("complaint")),
        custody=_custody(top.inside("custody")),
        statements=top.entries("statements", _statement),
        evidence=top.entries("evidence", _evidence),
        demands=top.entries("payments_demanded", _demand),
        hearing=_hearing(top.inside("hearing")),
        charges=top.entries("charges", _charge),
        conduct=read_conduct(conduct, where=f"{top.where}: conduct"),
        conduct_keys=tuple(f"conduct.{key}" for key in ("from", "to") if key in conduct),
        alleged_victim=read_person(
            _without_unknown(victim, ("age", "age_certainty", "sex")), where=victim.where
        ),
        facts=_facts(top),
        verdict=_verdict(top.inside("verdict")),
        appeal=_appeal(top.inside("appeal")),
        co_accused=top.entries("co_accused", _co_accused),
        confiscated_before_final=_confiscation(top.inside("confiscation")),
        officials_alleged=top.entries("officials_alleged", _allegation),
        ignored=tuple(top.left_aside),
    )


def _accused(row: Row) -> Accused:
    row.check(("age", "literate", "language", "nationality", "presumed_victim"))
    person = read_person(_without_unknown(row, ("age",), only=True), where=row.where)
    return Accused(
        age=person.age,
        literate=row.answer("literate"),
        language=row.language("language"),
        nationality=row.text("nationality"),
        presumed_victim=row.answer("presumed_victim"),
    )


def _complaint(row: Row) -> Complaint:
    asked = ("prior_dispute_with_accused", "payment_demanded_by_complainant", "withdrawn")
    row.check(("by", *asked))
    return Complaint(by=row.word("by", Complainant), **row.answers(*asked))


def _custody(row: Row) -> Custody:
    row.check(("hours", "prosecutor_extension"))
    extension = row.answer("prosecutor_extension")
    return Custody(hours=row.number("hours", "hours"), prosecutor_extension=extension)


def _statement(row: Row) -> Statement:
    asked = ("read_out", "lawyer_present", "interpreter_present", "changed", "after_benefit")
    row.check(("by", "form", *asked))
    return Statement(by=row.word("by", Maker), form=row.word("form", Form), **row.answers(*asked))


def _evidence(row: Row) -> str | None:
    row.check(("kind",))
    return row.open_word("kind", EVIDENCE)


def _demand(row: Row) -> Demand:
    row.check(("by", "amount_usd", "paid", "for"))
    return Demand(
        by=row.word("by", Demander),
        amount_usd=row.number("amount_usd", "dollars"),
        paid=row.answer("paid"),
        wanted_for=row.word("for", PaidFor),
    )


def _hearing(row: Row) -> Hearing:
    asked = (
        *("lawyer", "interpreter", "complainant_present"),
        *("law_explained", "judge_expressed_doubt"),
    )
    row.check(("minutes", *asked))
    return Hearing(minutes=row.number("minutes", "minutes"), **row.answers(*asked))


def _charge(row: Row) -> Cited:
    row.check(("statute", "article"))
    return _cited(row)


def _cited(row: Row) -> Cited:
    return Cited(statute=row.statute("statute"), article=row.text("article"))


def _facts(top: Row) -> Facts:
    named, none_of = top.value("facts"), top.value("none_of")
    answers = read_facts(named, none_of, where=top.where)
    told = frozenset(code for code, value in (named or {}).items() if VALUES[value] is not None)
    return Facts(given=named is not None, answers=answers, named=told, none_of=bool(none_of))


def _verdict(row: Row) -> Verdict:
    row.check(("result", "statute", "article", "sentence_years"))
    return Verdict(
        result=row.word("result", Result, among=VERDICTS),
        cited=_cited(row),
        sentence_years=row.number("sentence_years", "years"),
    )


def _appeal(row: Row) -> Appeal:
    row.check(("filed", "blocked_by"))
    return Appeal(filed=row.answer("filed"), blocked_by=row.words("blocked_by", Obstacle))


def _co_accused(row: Row) -> CoAccused:
    row.check(("role", "result", "sentence_years", "released_after_payment"))
    return CoAccused(
        part=row.word("role", Part),
        result=row.word("result", Result),
        sentence_years=row.number("sentence_years", "years"),
        released_after_payment=row.answer("released_after_payment"),
    )


def _confiscation(row: Row) -> bool | None:
    row.check(("before_final",))
    return row.answer("before_final")


def _allegation(row: Row) -> Allegation:
    row.check(("by", "what"))
    by = row.open_word("by", sorted(OFFICIALS))
    return Allegation(by=by, what=row.text("what"), known=row.known)


def _without_unknown(row: Row, keys: tuple[str, ...], *, only: bool = False) -> dict[str, Any]:
    """The keys of ``row`` that are known; with ``only`` no others than ``keys``."""
    if not only:
        row.check(keys)
    return {key: row.value(key) for key in keys if row.value(key) is not None}
