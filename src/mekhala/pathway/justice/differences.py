"""Where what is recorded of an accused does not agree with itself: shown, and decided by nobody.

The judgment is held against the register of evidence and the statements; who was at a hearing
against the register of lawyers and interpreters, and against others who were there. What is not
recorded differs from nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.justice.fairness import hearings_held, verdict_of
from mekhala.pathway.justice.models import (
    Accused,
    Counsel,
    CounselKind,
    Hearing,
    Observation,
    Reliance,
    Speaker,
    Statement,
)
from mekhala.pathway.justice.standing import current

# What a judgment may rest on, and the kinds in the register of evidence that can be meant.
MEANS: Mapping[str, frozenset[str]] = {
    Reliance.CONFESSION: frozenset({"confession"}),
    Reliance.VICTIM_STATEMENT: frozenset({"victim_statement", "complainant_statement"}),
    Reliance.WITNESS_STATEMENT: frozenset({"witness_statement", "co_accused_statement"}),
    Reliance.POLICE_STATEMENT: frozenset({"police_statement", "caught_in_act"}),
    Reliance.NGO_REPORT: frozenset({"ngo_report"}),
    Reliance.MEDICAL: frozenset({"medical_report", "expert_report"}),
    Reliance.FORENSIC: frozenset({"forensic_report", "expert_report"}),
    Reliance.DOCUMENT: frozenset({"document", "financial_record", "border_record"}),
    Reliance.PHOTO_VIDEO: frozenset({"photograph", "recording"}),
    Reliance.PHONE_DATA: frozenset({"telephone_data"}),
    Reliance.PHYSICAL: frozenset({"object", "money"}),
}
SAID_BY: Mapping[str, frozenset[str]] = {
    Reliance.VICTIM_STATEMENT: frozenset({Speaker.VICTIM, Speaker.COMPLAINANT}),
    Reliance.WITNESS_STATEMENT: frozenset({Speaker.WITNESS, Speaker.CO_ACCUSED}),
    Reliance.POLICE_STATEMENT: frozenset({Speaker.POLICE}),
}
ASSIGNED = {"lawyer": CounselKind.LAWYER, "interpreter": CounselKind.INTERPRETER}
ASKED = ("lawyer", "interpreter", "complainant_present", "law_explained", "judge_doubted")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One sentence, and the kinds of entries that differ."""

    words: str
    entries: tuple[str, ...]


def differences(
    accused: Accused, registered: Mapping[str, Any], *, now: datetime
) -> list[Difference]:
    """Return where the entries of an accused of ``queries.for_review`` differ.

    ``registered`` are the kinds in the register of evidence of the proceeding, with their words.
    """
    seen = current(accused.observation_entries.all())
    held = hearings_held(accused, now)
    return [
        *_of_the_judgment(accused, registered),
        *(d for hearing in held for d in _of_counsel(accused, hearing, seen)),
        *(d for hearing in held for d in _of_watchers(hearing, seen)),
    ]


def _of_the_judgment(accused: Accused, registered: Mapping[str, Any]) -> Iterable[Difference]:
    verdict = verdict_of(accused)
    if verdict is None or verdict.relied_on is None:
        return
    taken = current(accused.statement_entries.all())
    for code in verdict.relied_on:
        if code in MEANS and not (MEANS[code] & registered.keys() or _was_said(code, taken)):
            told = _("The judgment rests on “%(kind)s”; nothing of the kind is registered.")
            words = told % {"kind": Reliance(code).label}
            yield Difference(words=words, entries=("verdict", "statement"))
    meant = {kind for code in verdict.relied_on for kind in MEANS.get(code, ())}
    open_ended = {Reliance.OTHER, Reliance.UNKNOWN} & set(verdict.relied_on)
    passed = [] if open_ended else sorted(registered.keys() - meant - {"other"})
    if passed:
        told = _("The register of evidence holds what the judgment does not speak of: %(kinds)s.")
        kinds = ", ".join(str(registered[kind]) for kind in passed)
        yield Difference(words=told % {"kinds": kinds}, entries=("verdict",))


def _was_said(code: str, taken: list[Statement]) -> bool:
    if code == Reliance.CONFESSION:
        return any(s.is_confession for s in taken)
    return any(s.speaker in SAID_BY.get(code, ()) for s in taken)


def _of_counsel(
    accused: Accused, hearing: Hearing, seen: list[Observation]
) -> Iterable[Difference]:
    """Hold who was there against the register of lawyers and interpreters."""
    day = timezone.localtime(hearing.starts_at).date()
    entries = current(accused.counsel_entries.all())
    for field, kind in ASSIGNED.items():
        was_there = {getattr(o, field) for o in seen if o.hearing_id == hearing.pk} - {None}
        assigned = any(_stood(c, kind, day) for c in entries)
        if assigned and False in was_there:
            told = _("%(who)s: assigned on %(day)s by the register, not there at the hearing.")
        elif not assigned and True in was_there:
            told = _("%(who)s: there at the hearing of %(day)s, and not in the register that day.")
        else:
            continue
        words = told % {"who": CounselKind(kind).label, "day": date_format(day)}
        yield Difference(words=words, entries=("observation", "counsel"))


def _stood(entry: Counsel, kind: str, day: date) -> bool:
    began = entry.since is not None and entry.since <= day
    return entry.kind == kind and began and (entry.until is None or day <= entry.until)


def _of_watchers(hearing: Hearing, seen: list[Observation]) -> Iterable[Difference]:
    """Name what those who were at one hearing do not agree about."""
    there = [o for o in seen if o.hearing_id == hearing.pk]
    for field in ASKED:
        if {True, False} <= {getattr(o, field) for o in there}:
            asked: Any = Observation._meta.get_field(field)
            told = _("Those who were at hearing %(number)s do not agree: %(what)s.")
            words = told % {"number": hearing.pk, "what": asked.verbose_name}
            yield Difference(words=words, entries=("observation",))
