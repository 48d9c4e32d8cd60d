"""One invented journey turned into rows: the case, what was decided, the help, the proceeding."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from mekhala.core.check_digit import new_number
from mekhala.core.reasoning.assess import assess
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Finding,
    Reading,
    SourceKind,
    TraffickingStatus,
)
from mekhala.pathway.encounter.models import Case, Encounter, UrgentNeed
from mekhala.pathway.registration.models import Registration
from mekhala.pathway.screening.models import Screening
from mekhala.pathway.screening.queries import list_version
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.identity.models import Identity
from mekhala.safeguards.seals.models import Seal
from mekhala.safeguards.seals.services import digest_of

from .cast import Cast
from .decisions import POSITIVE, Determination
from .draws import Draws
from .journeys import Journey
from .rows import Rows

THREE = {"yes": True, "no": False, "unknown": None}
URGENT = {
    "safe_place": UrgentNeed.SAFETY, "medical": UrgentNeed.HEALTH,
    "food_and_clothes": UrgentNeed.FOOD, "interpreter": UrgentNeed.INTERPRETER,
    "contact_family": UrgentNeed.CONTACT_FAMILY, "protection": UrgentNeed.SAFETY,
}  # fmt: skip
STATUS = {True: TraffickingStatus.RECOGNISED, False: TraffickingStatus.NOT_ESTABLISHED}
REASONS = {
    True: "Each element is made out by what the person told and by what was found.",
    False: "On what is known, the purpose of exploitation is not made out.",
}
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
                at: datetime) -> None:  # fmt: skip
        """Open one file to officers."""
        for officer in dict.fromkeys(officers):
            self.rows.add(
                Grant(
                    file_number=number, officer=officer, purpose=purpose, granted_by=by,
                    granted_at=at, until=at + OPEN_FOR,
                )
            )  # fmt: skip

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
        self.rows.add(case, self._identity(journey, case), self._encounter(journey, case, officer))
        self.rows.note("encounter.opened", subject=case.number, by=officer, at=at)
        return case

    def _identity(self, journey: Journey, case: Case) -> Identity:
        person = journey.person
        born = person.born_on.isoformat() if person.born_on else str(person.birth_year or "")
        return Identity(
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
        opened_at = noon(decided.opened_on, 2)
        file = DeterminationFile(
            case=case, opened_at=opened_at, opened_by=officer, screened_by=officer,
            conduct_from=decided.conduct["from"], conduct_to=decided.conduct["to"],
            due_on=decided.opened_on + timedelta(days=7),
            closed_at=noon(decided.decided_on, 4) if decided.decided_on else None,
        )  # fmt: skip
        self.rows.add(file)
        self.open_to(self.cast.authority, case.number, Purpose.DETERMINATION, officer, opened_at)
        reader = self.cast.authority[decided.decider_index % len(self.cast.authority)]
        findings = self._findings(file, decided, reader)
        self.rows.note("determination.file_opened", subject=case.number, by=officer, at=opened_at)
        if decided.decision and decided.decided_on:
            decision = self._decision(journey, case, file, findings, decided)
            if decided.registered_on:
                self._registration(journey, case, decision, decided.registered_on)

    def _findings(
        self, file: DeterminationFile, decided: Determination, by: Officer
    ) -> list[Finding]:
        findings = [
            Finding(
                file=file, code=code, made_out=THREE[value], source_kind=SourceKind.PERSON,
                because=BECAUSE[THREE[value]], said_on=decided.opened_on, recorded_by=by,
                recorded_at=noon(decided.opened_on, 3),
            )
            for code, value in sorted(decided.facts.items())
        ]  # fmt: skip
        self.rows.add(*findings)
        return findings

    def _decision(
        self, journey: Journey, case: Case, file: DeterminationFile, findings: list[Finding],
        decided: Determination,
    ) -> Decision:  # fmt: skip
        assert decided.decided_on is not None
        positive = decided.decision == POSITIVE
        at, authority = noon(decided.decided_on, 4), self.cast.authority
        readers = [
            authority[i % len(authority)]
            for i in (decided.decider_index, decided.second_reader_index)
        ]
        for hour, reader in enumerate(readers):
            self.rows.add(
                Reading(
                    file=file, reader=reader, answer=STATUS[positive],
                    reasons=REASONS[positive], read_at=at - timedelta(hours=2 - hour),
                )
            )  # fmt: skip
        document = {
            "case": case.number, "conduct": decided.conduct, "facts": dict(decided.facts),
            "none_of": list(decided.none_of),
            "person": {"age": case.age, "age_certainty": case.age_certainty, "sex": case.sex},
        }  # fmt: skip
        decision = Decision(
            file=file, case=case, status=STATUS[positive], article="Palermo Protocol, Art. 3",
            outcome=assess(document) | {"facts": document["facts"], "sources_differ": []},
            reasons=[_as_kept(f) for f in findings],
            decided_by=readers[0], second_reader=readers[1], decided_at=at,
        )  # fmt: skip
        self.rows.add(decision)
        self.rows.note("determination.decided", subject=case.number, by=readers[1], at=at,
                       status=decision.status)  # fmt: skip
        if positive:
            registrar = self.cast.registrar_of(journey.encounter.province_code)
            self.open_to([registrar], case.number, Purpose.REGISTRATION, readers[1], at)
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


def _as_kept(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code, "made_out": finding.made_out, "source_kind": finding.source_kind,
        "because": finding.because,
        "said_on": finding.said_on.isoformat() if finding.said_on else None,
        "recorded_at": finding.recorded_at.isoformat(),
    }  # fmt: skip
