"""The part about a person: a case or a meeting in one, a name, a screening."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mekhala.forms.models import Submission
from mekhala.forms.services import link_to_case
from mekhala.intake.chains import Chain
from mekhala.intake.errors import Waits, Why
from mekhala.intake.following import follow
from mekhala.intake.models import Became, Taken
from mekhala.intake.plan import Plan
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.pathway.encounter import queries as encounters
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.screening import services as screening
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity import services as identities

OF_A_PERSON = ("sex", "age", "age_certainty", "nationality", "language")
OPENED = {Became.CASE, Became.MEETING, Became.SCREENING, Became.FOLLOWED}


@dataclass(kw_only=True)
class Person:
    """What the standing copy of a chain becomes of one person; ``before``: what the chain was."""

    chain: Chain
    form: Submission
    plan: Plan
    by: Officer
    at: datetime
    before: list[Taken]
    became: list[str] = field(default_factory=list)

    @property
    def was(self) -> set[str]:
        """What any copy became before."""
        return {each for taken in self.before for each in taken.became}

    def take(self) -> None:
        """Ask the rooms. Raises ``Waits``, ``ActRefused`` or ``WrongInput``; then undo it all."""
        case = self._met() if self.plan.encounter else self._named()
        if self.plan.screening and Became.REFUSAL not in self.became:
            self._screened(case)
        if self.plan.follow_up:
            self._followed(case)
        dropped = (self.was & OPENED) - set(self.became)
        if dropped - {Became.CASE, Became.MEETING} or (dropped and not self.plan.encounter):
            raise Waits(Why.OPENED_BEFORE)

    def _named(self) -> Case | None:
        if not self.plan.case_number:
            return None
        return self._case(self.plan.case_number)

    def _case(self, number: str) -> Case:
        found = encounters.visible_to(self.by, now=self.at).filter(number=number.strip().upper())
        case = found.first()
        if case is None:
            raise Waits(Why.NO_CASE)
        return case

    def _met(self) -> Case | None:
        told = dict(self.plan.encounter)
        met_at = told["met_at"] if told.get("met_at") else self.form.received_at
        told["met_at"] = min(met_at, self.form.received_at)  # a phone's clock may go wrong
        found = Encounter.objects.select_related("case").filter(submission__in=self.chain.ids)
        there = found.first()
        if there:
            return self._put_right(there, told)
        if any(copy.case_number for copy in self.chain.copies):
            raise Waits(Why.NO_CASE)  # it has a case, which is not open to this officer
        number = self.plan.case_number
        if told["consents_to_go_on"] is False and not number:
            self._said_no(told)
            return None
        for_both: dict[str, Any] = {"by": self.by, "at": self.at, "submission": self.form}
        if number:
            case = self._case(number)
            of_meeting = {k: v for k, v in told.items() if k not in OF_A_PERSON}
            encounter.add_encounter(case=case, **for_both, **of_meeting)
            self._keep_name(case)
            self.became.append(Became.MEETING)
            return case
        name = self.plan.identity
        case = encounter.open_case(identity=name or None, **for_both, **told)
        self.became += [Became.CASE, *([Became.NAME] if name else [])]
        return case

    def _put_right(self, there: Encounter, told: Mapping[str, Any]) -> Case:
        """Correct what an earlier copy or mapping made; nothing is made a second time."""
        if self._is_sent_on(there.case) and self._would_change(there, told):
            raise Waits(Why.SENT_ON)
        encounter.correct_meeting(
            encounter=there, by=self.by, at=self.at, submission=self.form, **told
        )
        self._keep_name(there.case)
        is_first = there.case.encounters.order_by("met_at", "id").first() == there
        self.became.append(Became.CASE if is_first else Became.MEETING)
        return there.case

    def _would_change(self, there: Encounter, told: Mapping[str, Any]) -> bool:
        return any(
            getattr(there.case if name in OF_A_PERSON else there, name) != said
            for name, said in told.items()
        )

    def _is_sent_on(self, case: Case) -> bool:
        return DeterminationFile.objects.filter(case=case).exists()

    def _said_no(self, told: Mapping[str, Any]) -> None:
        if Became.REFUSAL not in self.was:
            person = {n: told[n] for n in ("sex", "age", "age_certainty") if n in told}
            encounter.record_refusal(
                by=self.by, at=self.at, place_code=told["place_code"], **person
            )
        self.became.append(Became.REFUSAL)

    def _keep_name(self, case: Case) -> None:
        """Keep what the person agreed to; where the yes is taken back, empty what was kept."""
        if not (self.plan.identity or Became.NAME in self.was):
            return
        said = {name: self.plan.identity.get(name, "") for name in self.plan.names}
        if said:
            identities.keep(case.number, file_number=case.number, by=self.by, at=self.at, **said)
        if self.plan.identity:
            self.became.append(Became.NAME)

    def _screened(self, case: Case | None) -> None:
        if case is None:
            raise Waits(Why.NO_CASE)
        told: dict[str, Any] = {
            "by": self.by, "at": self.at, "submission": self.form, **self.plan.screening,
        }  # fmt: skip
        there = Screening.objects.filter(submission__in=self.chain.ids).first()
        if there is None:
            there = screening.record_screening(case=case, **told)
        elif self._is_sent_on(case) and self._says_other(there):
            raise Waits(Why.SENT_ON)
        else:
            screening.correct_screening(screening=there, **told)
        self.became.append(Became.SCREENING)

    def _followed(self, case: Case | None) -> None:
        if case is None:
            raise Waits(Why.NO_CASE)
        follow(self.plan.follow_up, case, self.form, by=self.by, at=self.at)
        link_to_case(self.form, case_number=case.number, by=self.by, at=self.at)
        self.became.append(Became.FOLLOWED)

    def _says_other(self, there: Screening) -> bool:
        return any(getattr(there, name) != said for name, said in self.plan.screening.items())
