"""What answers become, in words: beside each question, and of one filled form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.intake.check import Asked, code_of, repeat_named
from mekhala.intake.errors import Why
from mekhala.intake.fields import NOTHING, UNKNOWN
from mekhala.intake.mapping import AGENCY, FormMapping, Rule
from mekhala.intake.models import Taken
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.meanings import of_fact, of_indicator

FIELDS: dict[str, Any] = {
    "case.number": gettext_lazy("The case it belongs to"),
    "encounter.met_at": gettext_lazy("The encounter: when"),
    "encounter.place_code": gettext_lazy("The encounter: where"),
    "encounter.sex": gettext_lazy("The case: how the person describes herself or himself"),
    "encounter.age": gettext_lazy("The case: age"),
    "encounter.age_certainty": gettext_lazy("The case: how sure the age is"),
    "encounter.nationality": gettext_lazy("The case: nationality"),
    "encounter.language": gettext_lazy("The case: language"),
    "encounter.urgent_needs": gettext_lazy("The encounter: urgent needs"),
    "encounter.consents_to_go_on": gettext_lazy("The encounter: whether the person goes on"),
    "encounter.was_alone": gettext_lazy("The encounter: whether the person was alone"),
    "encounter.advice": gettext_lazy("What the sender is told on the list of the day"),
    "identity.agreed": gettext_lazy("Whether the name may be kept"),
    "screening.outcome": gettext_lazy("The screening: what is advised"),
    "screening.because": gettext_lazy("The screening: why"),
    "screening.profile": gettext_lazy("The screening: which list"),
    "day.survey": gettext_lazy("The survey: which"),
    "day.post": gettext_lazy("The survey: which post"),
    "day.on": gettext_lazy("The survey: which day"),
}
OF_THE_VAULT = gettext_lazy("The name, sealed and apart, if the person said yes to that")
COUNTS = gettext_lazy("The figures of a survey; nobody by name")
TO_DO: dict[str, Any] = {
    Why.UNANSWERED: gettext_lazy(
        "Open the case by hand, or ask the person and send the form again, corrected."
    ),
    Why.NOT_UNDERSTOOD: gettext_lazy(
        "Open the case by hand. Whoever keeps the mapping can give the answer a meaning."
    ),
    Why.EARLIER_MISSING: gettext_lazy(
        "Send what is still on the phone. If it is lost, take these answers as they are."
    ),
    Why.ENCRYPTED: gettext_lazy("Whoever has the key of the form reads it and opens the case."),
    Why.NO_CASE: gettext_lazy(
        "Ask whoever holds the case to take this over, or to open the case to you."
    ),
    Why.NO_ROUND: gettext_lazy("A statistician plans the round and the post; then take it over."),
    Why.SEVERAL_ROUNDS: gettext_lazy("A statistician closes the round that is over."),
    Why.BY_HAND: gettext_lazy("Look at the figures of the day and correct them there."),
    Why.NO_DAY: gettext_lazy("Plan the days to look in, then have the form taken over again."),
    Why.SENT_ON: gettext_lazy("Tell the authority what the person said since."),
    Why.OPENED_BEFORE: gettext_lazy("Look at the case. What is there is not taken away."),
    Why.OPENED_BY_HAND: gettext_lazy("Look at the case and at what was corrected."),
    Why.REFUSED: gettext_lazy("Do what it says, or ask who may; then take it over."),
    Why.DOES_NOT_FIT: gettext_lazy("Whoever keeps the mapping corrects it and maps again."),
    Why.SENDER_LEFT: gettext_lazy("Open the case by hand."),
}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Why a filled form waits, at which question, and what to do."""

    why: str
    question: str
    refusal: str
    to_do: str


def waiting(taken: Taken) -> Waiting:
    """Return in words why a filled form waits."""
    return Waiting(
        why=taken.get_why_display(), question=taken.question, refusal=_refused(taken.refusal),
        to_do=str(TO_DO.get(taken.why, "")),
    )  # fmt: skip


def _refused(name: str, of: type[ActRefused] = ActRefused) -> str:
    """Return the words of the refusal with this name, empty for none."""
    if of.__name__ == name:
        return str(of.words)
    return next(
        (said for each in of.__subclasses__() if name and (said := _refused(name, each))), ""
    )


def becomes(mapping: FormMapping, asked: Asked) -> dict[str, list[str]]:
    """Return for each path of a form what its answer becomes, in words."""
    found: dict[str, list[str]] = {}
    for path, words in _each(mapping, asked):
        lines = found.setdefault(path, [])
        if path and words not in lines:
            lines.append(words)
    return found


def _each(mapping: FormMapping, asked: Asked) -> Iterator[tuple[str, str]]:
    for skip in mapping.skips:
        told = {"codes": ", ".join(skip.condition.among), "why": skip.because}
        words = _("If %(codes)s: nothing is opened. %(why)s") % told
        yield asked.found(skip.condition.question), words
    for section, name, rule in mapping.rules():
        label = FIELDS.get(f"{section}.{name}", OF_THE_VAULT)
        yield asked.found(rule.question), f"{label}{_meanings(rule)}"
    for path, code in _coded(mapping, asked):
        yield path, code
    if mapping.refer_when:
        codes = ", ".join(mapping.refer_when.among)
        words = _("The case goes to the competent authority if %(codes)s, and it is advised")
        yield asked.found(mapping.refer_when.question), words % {"codes": codes}
    for count in mapping.counts.values():
        repeat = repeat_named(count.each, asked.repeats)
        for condition in count.when:
            name = f"{repeat}/{condition.question}" if repeat else condition.question
            yield asked.found(name), str(COUNTS)
        if count.question:
            yield asked.found(count.question), str(COUNTS)
    for pattern, why in mapping.nothing.items():
        for path in asked.fitting(pattern):
            yield path, _("Nothing: %(why)s") % {"why": why}


def _coded(mapping: FormMapping, asked: Asked) -> Iterator[tuple[str, str]]:
    for codes in mapping.facts:
        for path in asked.fitting(codes.question):
            fact = of_fact(code_of(codes, path))
            yield path, _("The screening, what was answered: %(fact)s") % {"fact": fact}
    for codes in mapping.indicators:
        for path in asked.fitting(codes.question):
            sign = of_indicator(code_of(codes, path)) if codes.code else ""
            yield path, _("The screening, a sign that was seen") + (f": {sign}" if sign else "")


def _meanings(rule: Rule) -> str:
    """Return what choices mean where a mapping gives them another code, and what stands in."""
    parts = []
    if isinstance(rule.choices, Mapping):
        parts = [
            f"{code} → {_meaning(meant)}" for code, meant in rule.choices.items() if code != meant
        ]
    if rule.otherwise == AGENCY:
        parts.append(_("no place named → the province of the sender's agency"))
    elif rule.otherwise is not None:
        parts.append(_("no answer → %(words)s") % {"words": rule.otherwise})
    return f" ({'; '.join(parts)})" if parts else ""


def _meaning(code: str) -> str:
    return {UNKNOWN: _("not known"), NOTHING: _("nothing")}.get(code, code)
