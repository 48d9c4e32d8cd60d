"""One invented journey turned into rows: the case, what was decided, the help, the proceeding."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mekhala.core.calendar.stages import stage_rule
from mekhala.core.check_digit import new_number
from mekhala.core.reasoning.assess import assess
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.pathway.determination import queries, rule
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Finding,
    Ground,
    Manner,
    Reading,
    Source,
    SourceKind,
    Stage,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import Case, Encounter, UrgentNeed
from mekhala.pathway.registration.models import Registration
from mekhala.pathway.screening.models import Screening
from mekhala.pathway.screening.queries import list_version
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import CLASSES_OF_PURPOSE, FieldClass, Purpose
from mekhala.safeguards.consent.models import Consent
from mekhala.safeguards.identity.services import Name
from mekhala.safeguards.seals.models import Seal
from mekhala.safeguards.seals.services import digest_of

from .cast import Cast
from .decisions import NEGATIVE, POSITIVE, Determination
from .draws import Draws
from .journeys import Journey
from .rows import Rows

THREE = {"yes": True, "no": False, "unknown": None}
URGENT = {
    "safe_place": UrgentNeed.SAFETY, "medical": UrgentNeed.HEALTH,
    "food_and_clothes": UrgentNeed.FOOD, "interpreter": UrgentNeed.INTERPRETER,
    "contact_family": UrgentNeed.CONTACT_FAMILY, "protection": UrgentNeed.SAFETY,
}  # fmt: skip
GROUNDS, RECOGNISED, REFUSED = TraffickingStatus
STATUS = {True: RECOGNISED, False: REFUSED}
GROUND = {
    GROUNDS: Ground.SUSPECTED_NOT_ALL_KNOWN, RECOGNISED: Ground.ELEMENTS_MADE_OUT,
    REFUSED: Ground.NO_PURPOSE,
}  # fmt: skip
REASONS = {
    GROUNDS: "What was told gives reasonable grounds to believe the person. (Invented.)",
    RECOGNISED: "Each element is made out by what was told and by what was found. (Invented.)",
    REFUSED: "On what is known, the purpose of exploitation is not made out. (Invented.)",
}
DIFFERS = "What was told weighs more than the rule can see. (Invented.)"
BECAUSE = {
    True: "Told at the interview. (Invented.)",
    False: "Asked at the interview: it was not so. (Invented.)",
    None: "Asked at the interview: not known. (Invented.)",
}
OPEN_FOR = timedelta(days=3650)


class CaseRows:
    """Writes the case part of journeys into ``rows``, played by ``cast``."""

    def __init__(self, cast: Cast, rows: Rows, seed: int) -> None:
        """Numbers are drawn from ``seed``, so that the same country comes out twice."""
        self.cast, self.rows = cast, rows
        draws = Draws(seed, "numbers")
        self.below: Callable[[int], int] = lambda n: draws.between(0, n - 1)

    def add(self, journey: Journey) -> Case:
        """Add everything up to the registration; return the case."""
        met = journey.encounter
        officer = self.cast.officer(met.agency_code.lower(), met.officer_index)
        case = self._case(journey, officer)
        if journey.screening:
            self._screening(journey, case, officer)
        if journey.determination:
            self._determination(journey, case, officer, journey.determination)
        return case

    def open_to(self, officers: list[Officer], number: str, purpose: Purpose, by: Officer,
                at: datetime, *, classes: Iterable[FieldClass] | None = None) -> None:  # fmt: skip
        """Open one file to officers: these classes, or all that the purpose carries."""
        carried = sorted(CLASSES_OF_PURPOSE[purpose] if classes is None else classes)
        for officer in dict.fromkeys(officers):
            self.rows.add(
                Grant(
                    file_number=number, officer=officer, purpose=purpose, granted_by=by,
                    granted_at=at, until=at + OPEN_FOR, field_classes=carried,
                )
            )  # fmt: skip

    def open_as_agreed(self, helper: Officer, number: str, agreed: Consent, at: datetime,
                       *, classes: Iterable[FieldClass]) -> None:  # fmt: skip
        """Open to who accepted what the person agreed to, resting on the yes ``agreed``."""
        grant = Grant(
            file_number=number, officer=helper, purpose=Purpose.SUPPORT, granted_by=helper,
            granted_at=at, until=at + OPEN_FOR,
            field_classes=sorted(classes),
        )  # fmt: skip
        self.rows.add_resting(grant, agreed)

    def _case(self, journey: Journey, officer: Officer) -> Case:
        person, met = journey.person, journey.encounter
        at = noon(met.met_on)
        case = Case(
            number=new_number("MK", self.below), opened_at=at, opened_by=officer,
            agency=officer.agency, sex=person.sex, age=person.age,
            age_certainty=person.age_certainty, nationality=person.nationality,
            language=person.language,
        )  # fmt: skip
        self.open_to([officer], case.number, Purpose.FIRST_CONTACT, officer, at)
        self.rows.name(self._name(journey, case))
        self.rows.add(case, self._encounter(journey, case, officer))
        self.rows.note("encounter.opened", subject=case.number, by=officer, at=at)
        return case

    def _name(self, journey: Journey, case: Case) -> Name:
        person = journey.person
        born = person.born_on.isoformat() if person.born_on else str(person.birth_year or "")
        return Name(
            subject=case.number, file_number=case.number, native_name=person.native_name,
            latin_name=person.latin_name, birth_date=born, national_id=person.national_id or "",
            village_code=person.commune_code or "",
        )  # fmt: skip

    def _encounter(self, journey: Journey, case: Case, officer: Officer) -> Encounter:
        met = journey.encounter
        needs = dict.fromkeys(URGENT[n] for n in met.urgent_needs if n in URGENT)
        return Encounter(
            case=case, met_at=noon(met.met_on), met_by=officer, agency=officer.agency,
            place_code=met.commune_code, urgent_needs=list(needs),
            consents_to_go_on=THREE.get(met.wants_to_go_on),
            was_alone=THREE.get(met.safe_to_speak),
        )  # fmt: skip

    def _screening(self, journey: Journey, case: Case, officer: Officer) -> None:
        screened = journey.screening
        assert screened is not None
        at = noon(screened.screened_on, 1)
        self.rows.add(
            Screening(
                case=case, screened_by=officer, screened_at=at, profile=screened.profile,
                list_version=list_version(screened.profile),
                answers={code: THREE[value] for code, value in screened.facts.items()},
                indicators=list(screened.indicators), outcome=screened.outcome,
            )
        )  # fmt: skip
        self.rows.note("screening.recorded", subject=case.number, by=officer, at=at,
                       outcome=screened.outcome)  # fmt: skip

    def _determination(
        self, journey: Journey, case: Case, officer: Officer, decided: Determination
    ) -> None:
        at = noon(decided.opened_on, 2)
        file = self._file(case, Stage.REASONABLE_GROUNDS, officer, at, decided)
        self.open_to(self.cast.authority, case.number, Purpose.DETERMINATION, officer, at)
        registrar = self.cast.registrar_of(journey.encounter.province_code)
        if registrar != officer:
            self.open_to([registrar], case.number, Purpose.REGISTRATION, officer, at)
        early, later = _told(decided)
        findings = self._findings(file, early, decided.opened_on, decided)
        if decided.believed_on:
            outcome = _outcome(case, decided, early)
            self._decision(file, findings, outcome, decided, answer=GROUNDS, on=decided.believed_on)
            file = self._second_file(case, decided)
            findings += self._findings(file, later, decided.believed_on, decided)
        if decided.decision and decided.decided_on:
            self._final(journey, file, findings, decided, decided.decided_on)

    def _final(
        self, journey: Journey, file: DeterminationFile, findings: list[Finding],
        decided: Determination, on: date,
    ) -> None:  # fmt: skip
        """Add the decision that ends the way, and the registration that rests on it."""
        case, answer = file.case, STATUS[decided.decision == POSITIVE]
        outcome = _outcome(case, decided, _facts(decided))
        decision = self._decision(file, findings, outcome, decided, answer=answer, on=on)
        if decided.registered_on:
            self._registration(journey, case, decision, decided.registered_on)

    def _second_file(self, case: Case, decided: Determination) -> DeterminationFile:
        assert decided.believed_on is not None
        at, by = noon(decided.believed_on, 4), self._readers(decided)[1]
        return self._file(case, Stage.CONCLUSIVE_GROUNDS, by, at, decided)

    def _file(
        self, case: Case, stage: Stage, by: Officer, at: datetime, decided: Determination
    ) -> DeterminationFile:
        times = stage_rule(stage)
        first = stage == Stage.REASONABLE_GROUNDS
        closed_on = decided.believed_on or decided.decided_on if first else decided.decided_on
        file = DeterminationFile(
            case=case, stage=stage, opened_at=at, opened_by=by, screened_by=case.opened_by,
            conduct_from=decided.conduct["from"], conduct_to=decided.conduct["to"],
            due_on=times.due_on(at.date()), not_before=times.not_before(at.date()),
            closed_at=noon(closed_on, 4) if closed_on else None,
        )  # fmt: skip
        self.rows.add(file)
        self.rows.note("determination.file_opened", subject=case.number, by=by, at=at)
        return file

    def _readers(self, decided: Determination) -> list[Officer]:
        authority = self.cast.authority
        chosen = (decided.decider_index, decided.second_reader_index)
        return [authority[i % len(authority)] for i in chosen]

    def _findings(
        self, file: DeterminationFile, told: Mapping[str, str], on: date, decided: Determination
    ) -> list[Finding]:
        """Add one telling of the person and the facts in it."""
        if not told:
            return []
        at, by = noon(on, 5), self._readers(decided)[0]
        source = Source(
            file=file, kind=SourceKind.PERSON, manner=Manner.STATEMENT, said_on=on,
            language=file.case.language, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        findings = [
            Finding(
                file=file, source=source, code=code, made_out=THREE[value],
                because=BECAUSE[THREE[value]], recorded_by=by, recorded_at=at,
            )
            for code, value in sorted(told.items())
        ]  # fmt: skip
        self.rows.add(source, *findings)
        return findings

    def _decision(
        self, file: DeterminationFile, findings: list[Finding], outcome: dict[str, Any],
        decided: Determination, *, answer: TraffickingStatus, on: date,
    ) -> Decision:  # fmt: skip
        at, readers = noon(on, 4), self._readers(decided)
        override = rule.leaves_rule(outcome, stage=file.stage, answer=answer)
        told = {"grounds": [GROUND[answer]], "is_override": override}
        for hour, reader in enumerate(readers):
            self.rows.add(
                Reading(
                    file=file, reader=reader, answer=answer, reasons=REASONS[answer],
                    rule_gave=outcome["palermo"]["finding"], declared_no_tie=True,
                    differs_because=DIFFERS if override else "",
                    read_at=at - timedelta(hours=2 - hour), **told,
                )
            )  # fmt: skip
        decision = Decision(
            file=file, case=file.case, status=answer, article=queries.PALERMO,
            outcome=queries.as_kept(outcome),
            reasons=queries.as_weighed(findings), **queries.as_counted(outcome),
            decided_by=readers[0], second_reader=readers[1], decided_at=at, **told,
        )  # fmt: skip
        self.rows.add(decision)
        self.rows.note("determination.decided", subject=file.case.number, by=readers[1], at=at,
                       status=decision.status, stage=file.stage)  # fmt: skip
        return decision

    def _registration(self, journey: Journey, case: Case, decision: Decision, on: date) -> None:
        registrar = self.cast.registrar_of(journey.encounter.province_code)
        number, code = new_number("RG", self.below), new_number("", self.below).replace("-", "")
        at = noon(on, 5)
        self.rows.add(
            Seal(digest=digest_of(number, code), issued_on=on),
            Registration(
                number=number, case=case, decision=decision, registered_at=at,
                registered_by=registrar, certificate_code=code,
            ),
        )  # fmt: skip
        self.rows.note("registration.registered", subject=case.number, by=registrar, at=at)


def noon(day: date, hours: int = 0) -> datetime:
    """Return an instant of the working day: 9 in the morning in Phnom Penh and some hours."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC) + timedelta(hours=hours)


def _told(decided: Determination) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was told before and after reasonable grounds were found.

    Who was believed and then refused was asked about the purpose only at the second stage.
    """
    facts, asked_late = _facts(decided), decided.believed_on and decided.decision == NEGATIVE
    later = {c: v for c, v in facts.items() if asked_late and c.startswith("purpose.")}
    return {c: v for c, v in facts.items() if c not in later}, later


def _facts(decided: Determination) -> dict[str, str]:
    """Return every fact of a file: behind a refusal each purpose was asked and answered no."""
    refused = decided.decision == NEGATIVE
    asked = dict.fromkeys(codes_in_group(FactGroup.PURPOSE), "no") if refused else {}
    return asked | dict(decided.facts)


def _outcome(case: Case, decided: Determination, told: Mapping[str, str]) -> dict[str, Any]:
    document = {
        "case": case.number, "conduct": decided.conduct, "facts": dict(told),
        "person": {"age": case.age, "age_certainty": case.age_certainty, "sex": case.sex},
    }  # fmt: skip
    return assess(document) | {"facts": document["facts"], "sources_differ": []}
