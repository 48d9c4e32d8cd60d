"""The justice part of an invented journey: proceeding, accused, charges, steps."""

from datetime import date

from mekhala.core.check_digit import new_number
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.justice import gate
from mekhala.pathway.justice.models import (
    Accused,
    Charge,
    Compelled,
    GateCheck,
    GateOutcome,
    Proceeding,
    Stage,
    Step,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.identity.services import Name

from . import flaws
from .cases import CaseRows, noon
from .cast import Cast
from .evidence_kept import add_evidence
from .journeys import Journey
from .proceedings import Accused as InventedAccused
from .proceedings import Proceeding as InventedProceeding
from .redress_kept import add_redress
from .rows import Rows

STAGE = {
    "suspect": Stage.SUSPECT, "charged_person": Stage.CHARGED, "defendant": Stage.ACCUSED,
    "discontinued": Stage.DROPPED, "acquitted": Stage.ACQUITTED,
    "convicted_appeal_open": Stage.CONVICTED_NOT_FINAL, "convicted_final": Stage.CONVICTED,
}  # fmt: skip
LSHTSE_IN_FORCE = date(2008, 2, 15)


class JusticeRows:
    """Writes the justice part of journeys into ``rows``."""

    def __init__(self, cast: Cast, rows: Rows, cases: CaseRows, *, today: date) -> None:
        """Numbers are drawn with those of the cases."""
        self.cast, self.rows, self.cases, self.today = cast, rows, cases, today

    def add(self, journey: Journey, _case: Case) -> None:
        """Add the proceeding of one journey, if there is one. It does not name the case."""
        invented = journey.proceeding
        if invented is None:
            return
        at = noon(invented.complaint_on, 5)
        police = self.cast.officer(invented.police_code.lower(), role=Role.JUSTICE)
        court, colleague = (
            self.cast.officer(invented.prosecutor_code.lower(), n, role=Role.JUSTICE)
            for n in (0, 1)
        )
        proceeding = Proceeding(
            number=new_number("PR", self.cases.below), complaint_on=invented.complaint_on,
            agency=police.agency, opened_by=police, opened_at=at,
        )  # fmt: skip
        self.cases.open_to(
            [police, court, colleague], proceeding.number, Purpose.JUSTICE, police, at
        )
        self.rows.add(proceeding)
        self.rows.note("justice.complaint_filed", subject=proceeding.number, by=police, at=at)
        charged = [(one, *self._accused(proceeding, invented, one)) for one in invented.accused]
        add_evidence(
            self.rows, proceeding, invented, [charge for *_, charge in charged if charge],
            keepers=list(dict.fromkeys([court, colleague])), today=self.today,
        )  # fmt: skip
        add_redress(
            self.rows, proceeding, [(row, one) for one, row, _charge in charged],
            by=court, today=self.today,
        )  # fmt: skip

    def _accused(
        self, proceeding: Proceeding, invented: InventedProceeding, one: InventedAccused
    ) -> tuple[Accused, Charge | None]:
        accused = Accused(
            number=new_number("AC", self.cases.below),
            proceeding=proceeding,
            sex=one.sex,
            age=one.age,
        )
        flaws.describe(accused, one)
        by, at = proceeding.opened_by, proceeding.opened_at
        self.rows.name(Name(accused.number, proceeding.number, one.name.native, one.name.latin))
        self.rows.add(
            accused,
            Step(accused=accused, stage=Stage.NAMED, on=invented.complaint_on,
                 recorded_by=by, recorded_at=at),
            *[
                Step(accused=accused, stage=STAGE[s.stage], on=s.on, recorded_by=by,
                     recorded_at=noon(s.on))
                for s in one.ladder
            ],
        )  # fmt: skip
        charged = [s.on for s in one.ladder if s.stage == "charged_person"]
        charge = None
        if charged:
            charge = Charge(
                    accused=accused, statute=invented.statute, article=invented.article,
                    in_force_from=LSHTSE_IN_FORCE, conduct_from=invented.conduct_from.isoformat(),
                    conduct_to=invented.conduct_to.isoformat(), charged_on=charged[0],
            )  # fmt: skip
            checks = _checked(accused, charge, by=by)
            if checks and checks[-1].outcome == GateOutcome.OVERRIDDEN:
                charge.against_check = checks[-1]
            self.rows.add(*checks, charge)
        flaws.add_entries(self.rows, accused, invented, one, charge=charge, today=self.today)
        return accused, charge


def _checked(accused: Accused, charge: Charge, *, by: Officer) -> list[GateCheck]:
    """Return the check before a charge, where one is asked for; a prosecutor goes on against it."""
    if not gate.needed(accused, statute=charge.statute, article=charge.article):
        return []
    asked = gate.Asked(
        kind=Compelled.RECRUITING, presumption=accused.presumed_victim,
        is_child=accused.age is not None and accused.age < gate.ADULT,
        compelled=False, direct_result=False, conditions=(),
    )  # fmt: skip
    outcome, reasons = gate.weigh(asked)
    closed = outcome == GateOutcome.CLOSED
    return [GateCheck(
        accused=accused, recorded_by=by, recorded_at=noon(charge.charged_on),
        statute=charge.statute, article=charge.article, kind=asked.kind,
        presumption=asked.presumption, compelled=False, direct_result=False,
        outcome=GateOutcome.OVERRIDDEN if closed else outcome, reasons=reasons,
        because="Invented: she watched the others by her own will." if closed else "",
        conduct_from=charge.conduct_from if closed else "",
        conduct_to=charge.conduct_to if closed else "",
    )]  # fmt: skip
