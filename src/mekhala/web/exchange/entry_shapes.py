"""What an entry about an accused may hold when a program sends it: one shape for each kind.

A yes or no that nobody asked or knows is null or left out; it is never a no.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field

from mekhala.core.law.citation import read_citation
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.pathway.justice import models
from mekhala.web.exchange.kinds import NO_NUL, Day, Moment, Strict, Whole, YesNo

GROUPS = ("act", "means", "purpose", "aggravation")
FACTS = frozenset(code for group in FactGroup for code in codes_in_group(group))
SMALL = 32_000  # the largest number the column holds, rounded down
Words = Annotated[str, Field(max_length=models.NOTE_LENGTH, pattern=NO_NUL)]
Short = Annotated[str, Field(max_length=80, pattern=NO_NUL)]
Language = Annotated[str, Field(max_length=8, pattern=r"^[a-z]*$")]
Known = YesNo | None
Count = Annotated[int, Field(strict=True, ge=0, le=SMALL)]


class SaidIn(Strict):
    """An entry of one kind, with what is said in words, which is kept sealed."""

    note: Words = ""

    def said(self) -> dict[str, Any]:
        """Return what the act takes: codes as text, an enum left out as nothing."""
        given = self.dict(exclude={"of"})
        return {name: "" if value is None and _is_code(self, name) else value
                for name, value in given.items()}  # fmt: skip


def _is_code(shape: SaidIn, name: str) -> bool:
    field = models_of[shape.of]._meta.get_field(name)  # type: ignore[attr-defined]
    return bool(getattr(field, "choices", None)) and not field.null


class ComplaintEntryIn(SaidIn):
    """Who complained, and what else may lie behind it."""

    of: Literal["complaint"]
    made_by: models.Complainer
    prior_dispute: Known = None
    payment_asked: Known = None
    withdrawn: Known = None


class CustodyEntryIn(SaidIn):
    """Held from one instant to another."""

    of: Literal["custody"]
    held_at: Moment
    released_at: Moment | None = None
    place: models.PlaceKind
    offence_class: models.OffenceClass | None = None
    was_minor: Known = None
    extended: Known = None
    rights_given: Known = None
    rights_language: Language = ""
    lawyer_asked: Known = None


class StatementEntryIn(SaidIn):
    """What somebody said for the file, and how it was taken."""

    of: Literal["statement"]
    taken_on: Day | None = None
    speaker: models.Speaker
    form: models.StatementForm
    language: Language = ""
    can_read: Known = None
    read_out: Known = None
    read_by: models.Reader | None = None
    lawyer_present: Known = None
    interpreter_present: Known = None
    is_confession: Known = None
    changed: Known = None
    after_benefit: Known = None


class CounselEntryIn(SaidIn):
    """A lawyer or an interpreter; ``agency`` by its code, ``bar_number`` is no name."""

    of: Literal["counsel"]
    kind: models.CounselKind
    asked_on: Day | None = None
    since: Day | None = None
    until: Day | None = None
    language: Language = ""
    is_sworn: Known = None
    paid_by: models.PaidBy | None = None
    agency: Annotated[str, Field(max_length=40, pattern=NO_NUL)] | None = None
    bar_number: str = Field("", max_length=30, pattern=NO_NUL)


class InvestigationEntryIn(SaidIn):
    """One step of the investigation."""

    of: Literal["investigation"]
    kind: models.InvestigationKind
    on: Day
    legal_basis: Short = ""
    ordered_by: Literal["police", "prosecutor", "judge"] | None = None


class ObservationEntryIn(SaidIn):
    """The checklist of one hearing, by its number."""

    of: Literal["observation"]
    hearing: str = Field(max_length=20, pattern=NO_NUL)
    seen_by: models.Watcher
    minutes: Count | None = None
    posted: Known = None
    lawyer: Known = None
    interpreter: Known = None
    complainant_present: Known = None
    law_explained: Known = None
    silence_told: Known = None
    could_question: Known = None
    intimidating: Known = None
    person_protected: Known = None
    judge_doubted: Known = None
    reasons_given: Known = None


class FactsEntryIn(Strict):
    """The facts taken as proved, by the codes of the law tables; without words."""

    of: Literal["facts"]
    facts: list[str] = Field(max_length=200)
    none_of: list[Literal["act", "means", "purpose", "aggravation"]] = []
    victim_age: Annotated[int, Field(strict=True, ge=0, le=120)] | None = None
    victim_sex: Literal["female", "male"] | None = None

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        return {"facts": dict.fromkeys(self.facts, "yes"), "none_of": self.none_of,
                "victim_age": self.victim_age, "victim_sex": self.victim_sex or ""}  # fmt: skip


class VerdictEntryIn(SaidIn):
    """What one court found on one charge, by the charge's id."""

    of: Literal["verdict"]
    charge: Whole
    instance: models.Instance
    on: Day
    result: models.Result
    sentence_months: Count | None = None
    additional: list[models.Additional] = []
    relied_on: list[models.Reliance] | None = None
    final_on: Day | None = None


class ConfiscationEntryIn(SaidIn):
    """A thing taken."""

    of: Literal["confiscation"]
    what: Literal["money", "vehicle", "phone", "house", "other"]
    on: Day
    legal_basis: Short = ""
    returned_on: Day | None = None


class AppealEntryIn(SaidIn):
    """Whether there is an appeal, and what stands in its way."""

    of: Literal["appeal"]
    judged_on: Day
    filed: Known = None
    filed_on: Day | None = None
    filed_by: models.Appellant | None = None
    fee_waiver_asked: Known = None
    fee_waived: Known = None
    lawyer: Known = None
    blocked_by: list[models.Obstacle] | None = None
    outcome: models.AppealOutcome | None = None
    decided_on: Day | None = None


class ReleaseEntryIn(SaidIn):
    """The accused let go, and why."""

    of: Literal["release"]
    on: Day
    why: Literal["judge", "limit", "dropped", "acquitted", "served", "pardon", "other"]
    after_payment: Known = None


AnyEntry = Annotated[
    ComplaintEntryIn | CustodyEntryIn | StatementEntryIn | CounselEntryIn | InvestigationEntryIn
    | ObservationEntryIn | FactsEntryIn | VerdictEntryIn | ConfiscationEntryIn | AppealEntryIn
    | ReleaseEntryIn,
    Field(discriminator="of"),
]  # fmt: skip
models_of: dict[str, type[models.Entry]] = {
    "complaint": models.Complaint, "custody": models.Custody, "statement": models.Statement,
    "counsel": models.Counsel, "investigation": models.Investigation,
    "observation": models.Observation, "facts": models.FactsFound, "verdict": models.Verdict,
    "confiscation": models.Confiscation, "appeal": models.Appeal, "release": models.Release,
}  # fmt: skip
NOT_TOLD = {"id", "accused", "recorded_by", "recorded_at", "replaces", "note", "form_number"}


def told(entry: models.Entry) -> dict[str, Any]:
    """Return what an entry says in codes, days and numbers; its words are not opened."""
    found: dict[str, Any] = {}
    for field in entry._meta.local_concrete_fields:
        if field.name in NOT_TOLD:
            continue
        value = getattr(entry, field.attname)
        found[field.name] = value.isoformat() if isinstance(value, date | datetime) else value
    if "legal_basis" in found:
        found["law_cited"] = read_citation(found["legal_basis"]).standing
    return found
