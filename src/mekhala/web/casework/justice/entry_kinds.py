"""The kinds of entries about an accused: the word in the address, the model, titles, questions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models import (
    Additional,
    Appeal,
    Complaint,
    Confiscation,
    Counsel,
    Custody,
    Entry,
    FactsFound,
    Investigation,
    Observation,
    Obstacle,
    Release,
    Reliance,
    Statement,
    Verdict,
)


@dataclass(frozen=True, kw_only=True)
class EntryKind:
    """One kind: ``fields`` in the order they are asked; ``several`` are lists of codes."""

    slug: str
    model: type[Entry]
    title: Any
    fields: tuple[str, ...]
    several: tuple[tuple[str, Any], ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The fields a page shows, words aside."""
        return tuple(name for name in self.fields if name != "note")


def _kind(slug: str, model: type[Entry], title: Any, *fields: str, **several: Any) -> EntryKind:
    return EntryKind(
        slug=slug, model=model, title=title, fields=fields, several=tuple(several.items())
    )


_OF_A_HEARING = (
    "hearing", "seen_by", "minutes", "posted", "lawyer", "interpreter", "complainant_present",
    "law_explained", "silence_told", "could_question", "intimidating", "person_protected",
    "judge_doubted", "reasons_given", "note",
)  # fmt: skip
KINDS = {
    kind.slug: kind
    for kind in (
        _kind("complaint", Complaint, _("Complaint and what may stand behind it"), "made_by",
              "prior_dispute", "payment_asked", "withdrawn", "note"),
        _kind("custody", Custody, _("Arrest and custody"), "held_at", "released_at", "place",
              "offence_class", "was_minor", "extended", "rights_given", "rights_language",
              "lawyer_asked", "note"),
        _kind("statement", Statement, _("Statements"), "taken_on", "speaker", "form", "language",
              "can_read", "read_out", "read_by", "lawyer_present", "interpreter_present",
              "is_confession", "changed", "after_benefit", "note"),
        _kind("counsel", Counsel, _("Lawyers and interpreters"), "kind", "asked_on", "since",
              "until", "language", "is_sworn", "paid_by", "agency", "bar_number", "note"),
        _kind("investigation", Investigation, _("Investigation"), "kind", "on", "legal_basis",
              "ordered_by", "note"),
        _kind("observation", Observation, _("What happened at hearings"), *_OF_A_HEARING),
        _kind("facts", FactsFound, _("Facts taken as proved"), "victim_age", "victim_sex"),
        _kind("verdict", Verdict, _("Verdicts and sentences"), "charge", "instance", "on",
              "result", "sentence_months", "additional", "relied_on", "final_on", "note",
              additional=Additional, relied_on=Reliance),
        _kind("confiscation", Confiscation, _("Things taken"), "what", "on", "legal_basis",
              "returned_on", "note"),
        _kind("appeal", Appeal, _("Appeal"), "judged_on", "filed", "filed_on", "filed_by",
              "fee_waiver_asked", "fee_waived", "lawyer", "blocked_by", "outcome", "decided_on",
              "note", blocked_by=Obstacle),
        _kind("release", Release, _("Release"), "on", "why", "after_payment", "note"),
    )
}  # fmt: skip


def of_model(model: type[Model]) -> EntryKind:
    """Return the kind a model is of."""
    return next(kind for kind in KINDS.values() if kind.model is model)
