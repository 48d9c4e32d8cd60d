"""An age as a band: what a service is told before it accepts, and what is counted."""

from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral.models import AgeBand

_BELOW = [
    (12, AgeBand.UNDER_12), (18, AgeBand.UNDER_18), (30, AgeBand.UNDER_30), (45, AgeBand.UNDER_45),
]  # fmt: skip


def age_band(case: Case) -> AgeBand:
    """Return the band of the person's age; not known where it is disputed or not known."""
    if case.age is None or case.age_certainty not in ("known", "estimated"):
        return AgeBand.UNKNOWN
    age = case.age
    return next((band for limit, band in _BELOW if age < limit), AgeBand.FROM_45)
