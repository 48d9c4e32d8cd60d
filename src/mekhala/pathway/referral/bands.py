"""An age as a band, a person as one of a group: what a service is told, and what is counted."""

from mekhala.pathway.directory.needs import Needs
from mekhala.pathway.encounter.models import Case, Sex
from mekhala.pathway.referral.models import AgeBand, Group

_BELOW = [
    (12, AgeBand.UNDER_12), (18, AgeBand.UNDER_18), (30, AgeBand.UNDER_30), (45, AgeBand.UNDER_45),
]  # fmt: skip


def age_band(case: Case) -> AgeBand:
    """Return the band of the person's age; not known where it is disputed or not known."""
    if case.age is None or case.age_certainty not in ("known", "estimated"):
        return AgeBand.UNKNOWN
    age = case.age
    return next((band for limit, band in _BELOW if age < limit), AgeBand.FROM_45)


_GROWN = {Sex.FEMALE: Group.WOMAN, Sex.MALE: Group.MAN}
_YOUNG = {Sex.FEMALE: Group.GIRL, Sex.MALE: Group.BOY}


def group_of(needs: Needs) -> Group:
    """Return the one group somebody is counted in: the narrowest that decides who takes them."""
    if needs.children:
        return Group.FAMILY
    if needs.transgender:
        return Group.TRANSGENDER
    if needs.age is None:
        return Group.UNKNOWN
    if needs.age < 18:
        return _YOUNG.get(Sex(needs.sex), Group.CHILD)
    return _GROWN.get(Sex(needs.sex), Group.ADULT)
