"""An invented study that asks to read invented dossiers, and who lets it."""

from datetime import date, timedelta

from django.utils import timezone

from mekhala.pathway.justice import services as justice
from mekhala.population.dossiers import services
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_evidence import all_of_evidence
from tests.builders_foureyes import ONE_DEVICE, WHY, agreed
from tests.builders_justice import ARTICLE, AT, DAYS, accused, court_officer, every_entry

PURPOSE = "How long people wait for a judgment."
APPROVAL = {"approved_by": "An invented board", "approval": "E-12", "approved_on": date(2026, 1, 5)}


class Study:
    """A dossier, the court that keeps it, a researcher and an officer of the authority."""

    def __init__(self, *, is_full=False):
        self.court = court_officer()
        self.accused = accused(self.court, upto="charged" if is_full else None)
        if is_full:
            charge = justice.charge(
                self.accused, charged_on=DAYS[1], by=self.court, at=AT, **ARTICLE
            )
            every_entry(self.accused, self.court, charge)
            all_of_evidence(self.accused, charge, self.court)
        self.number = self.accused.proceeding_id
        self.researcher = officer(Role.STATISTICIAN, at=agency(AgencyKind.NATIONAL_COMMITTEE))
        self.authority = officer(Role.AUTHORITY, at=agency(AgencyKind.COMPETENT_AUTHORITY))

    def asked(self, *, days=30, named=None, **more):
        """Ask as the researcher, now."""
        become(self.researcher.pk)
        now = timezone.now()
        told = {"purpose": PURPOSE, "supervisor": self.court} | APPROVAL | more
        return services.ask(
            named=named or [self.number], until=now + timedelta(days=days), by=self.researcher,
            at=now, **told,
        )  # fmt: skip

    def let(self, access):
        """Sign as the supervisor; return the request for the second signature."""
        become(self.court.pk)
        return services.let(
            access, because=WHY, by=self.court, at=timezone.now(), device=ONE_DEVICE
        )

    def opened(self, **more):
        """Ask, and have two agencies sign; the researcher acts afterwards."""
        access = self.asked(**more)
        agreed(self.let(access), self.authority)
        become(self.researcher.pk)
        access.refresh_from_db()
        return access

    def read(self, access, number=None):
        """Read as the researcher, now."""
        become(self.researcher.pk)
        return services.read(access, number or self.number, by=self.researcher, at=timezone.now())
