"""Recruitment agencies and what they did; what a worker leaves with us; village funds."""

from mekhala.pathway.labour_migration.models.funds import (
    FundEntry,
    VillageFund,
)
from mekhala.pathway.labour_migration.models.recruiters import (
    ComplaintFinding,
    Employer,
    Incident,
    Licence,
    Placement,
    PlacementBefore,
    Recruiter,
    Review,
)
from mekhala.pathway.labour_migration.models.workers import (
    AskAfter,
    Asked,
    Complaint,
    Departure,
    Deployment,
    Worker,
)

__all__ = [
    "AskAfter",
    "Asked",
    "Complaint",
    "ComplaintFinding",
    "Departure",
    "Deployment",
    "Employer",
    "FundEntry",
    "Incident",
    "Licence",
    "Placement",
    "PlacementBefore",
    "Recruiter",
    "Review",
    "VillageFund",
    "Worker",
]
