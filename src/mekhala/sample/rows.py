"""Rows on their way into the database, many at a time, parents before children."""

from collections import defaultdict
from typing import Any, cast

from django.db import models

from mekhala.pathway.aftercare.models import (
    Assessment,
    FollowUp,
    PlanTask,
    ServiceGiven,
    Stay,
    SupportPlan,
)
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Finding,
    Reading,
    Source,
)
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.evidence.models import (
    Bearing,
    CustodyEntry,
    Disclosed,
    DisclosureList,
    Item,
    Weighs,
)
from mekhala.pathway.incidents.models import Incident, Opening, Reporter, Route
from mekhala.pathway.justice.models import (
    Accused,
    Appeal,
    Charge,
    Complaint,
    Custody,
    GateCheck,
    Hearing,
    Observation,
    Proceeding,
    Statement,
    Step,
    Verdict,
)
from mekhala.pathway.redress.models import (
    LegalAid,
    Measure,
    Owed,
    Payment,
    RightTold,
    WitnessPlan,
)
from mekhala.pathway.referral.models import Referral, UnmetNeed
from mekhala.pathway.registration.models import Registration
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent.models import Consent
from mekhala.safeguards.identity import narrative
from mekhala.safeguards.identity import services as vault
from mekhala.safeguards.identity.models import BlindKeys, DataKey, Identity
from mekhala.safeguards.seals.models import Seal

ORDER: tuple[type[models.Model], ...] = (
    Consent, Grant, Case, Identity, DataKey, BlindKeys, Encounter, Screening, DeterminationFile,
    Source, Finding, Reading, Decision, Seal, Registration, Referral, UnmetNeed, SupportPlan,
    PlanTask, FollowUp, Assessment, ServiceGiven, Stay, Proceeding, Accused, GateCheck, Charge,
    Step, Hearing, Complaint, Custody, Statement, Observation, Verdict, Appeal, Item,
    CustodyEntry, Bearing, DisclosureList, Disclosed, Owed, Payment, Measure, WitnessPlan,
    LegalAid, RightTold, Incident, Opening, Reporter, Route,
)  # fmt: skip


class Rows:
    """Gathers rows and writes them in one go; children may point at parents not yet written."""

    def __init__(self) -> None:
        """Begin with none."""
        self.waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        self.resting: list[tuple[Grant, Consent]] = []
        self.names: list[vault.Name] = []
        self.sealed: list[str] = []
        self.acts: list[dict[str, Any]] = []
        self.written: dict[str, int] = defaultdict(int)

    def add(self, *rows: models.Model) -> None:
        """Take rows along."""
        for row in rows:
            self.waiting[type(row)].append(row)

    def add_resting(self, grant: Grant, on: Consent) -> None:
        """Take along a grant that rests on a yes, whose id is known once that is written."""
        self.add(grant)
        self.resting.append((grant, on))

    def add_sealed(self, row: models.Model, number: str) -> None:
        """Take along a row whose words lie under a number and a key of its own."""
        self.add(row)
        self.sealed.append(number)

    def against(self, charge: Charge) -> set[str]:
        """Return the numbers of the items, not yet written, that speak against a charge."""
        waiting = cast("list[Bearing]", self.waiting[Bearing])
        return {b.item.number for b in waiting if b.charge is charge and b.weighs == Weighs.AGAINST}

    def name(self, name: vault.Name) -> None:
        """Take a name along; it is sealed when it is written."""
        self.names.append(name)

    def note(self, act: str, *, subject: str, by: Any, at: Any, **details: Any) -> None:
        """Take an audit entry along."""
        self.acts.append({
            "act": act, "subject": subject, "by": by.pk, "agency": by.agency.code, "at": at,
            "details": details,
        })  # fmt: skip

    def write(self) -> None:
        """Write what has been gathered and begin anew."""
        if self.names:
            for sealed in vault.sealed(self.names):
                self.add(*sealed)
            self.names.clear()
        narrative.prepare(self.sealed)
        self.sealed.clear()
        for model in ORDER:
            rows = self.waiting.pop(model, [])
            if model is Grant:
                for grant, on in self.resting:
                    grant.consent = on.pk
                self.resting.clear()
            for part in _first_then_answers(model, rows):
                model._default_manager.bulk_create(part, batch_size=1000)
            self.written[model._meta.model_name or ""] += len(rows)
        audit.append(sorted(self.acts, key=lambda row: row["at"]))
        self.acts.clear()


def _first_then_answers(
    model: type[models.Model], rows: list[models.Model]
) -> tuple[list[models.Model], list[models.Model]]:
    """Part the rows that point at another of their own kind from those that do not."""
    own = [f.name for f in model._meta.fields if f.remote_field and f.remote_field.model is model]
    answers = [row for row in rows if any(getattr(row, name) is not None for name in own)]
    taken = {id(row) for row in answers}
    return [row for row in rows if id(row) not in taken], answers
