"""Rows on their way into the database, many at a time, parents before children."""

from collections import defaultdict
from typing import Any

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
from mekhala.pathway.justice.models import (
    Accused,
    Appeal,
    Charge,
    Complaint,
    Custody,
    Hearing,
    Observation,
    Proceeding,
    Statement,
    Step,
    Verdict,
)
from mekhala.pathway.referral.models import Referral, UnmetNeed
from mekhala.pathway.registration.models import Registration
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent.models import Consent
from mekhala.safeguards.identity import services as vault
from mekhala.safeguards.identity.models import BlindKeys, DataKey, Identity
from mekhala.safeguards.seals.models import Seal

ORDER: tuple[type[models.Model], ...] = (
    Consent, Grant, Case, Identity, DataKey, BlindKeys, Encounter, Screening, DeterminationFile,
    Source, Finding, Reading, Decision, Seal, Registration, Referral, UnmetNeed, SupportPlan,
    PlanTask, FollowUp, Assessment, ServiceGiven, Stay, Proceeding, Accused, Charge, Step, Hearing,
    Complaint, Custody, Statement, Observation, Verdict, Appeal,
)  # fmt: skip


class Rows:
    """Gathers rows and writes them in one go; children may point at parents not yet written."""

    def __init__(self) -> None:
        """Begin with none."""
        self.waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        self.resting: list[tuple[Grant, Consent]] = []
        self.names: list[vault.Name] = []
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
        for model in ORDER:
            rows = self.waiting.pop(model, [])
            if model is Grant:
                for grant, on in self.resting:
                    grant.consent = on.pk
                self.resting.clear()
            model._default_manager.bulk_create(rows, batch_size=1000)
            self.written[model._meta.model_name or ""] += len(rows)
        audit.append(sorted(self.acts, key=lambda row: row["at"]))
        self.acts.clear()
