"""Whom a service takes: rules about sex, age and children who come along, and for whom it is made.

Children with a parent are taken as a house for parents takes them; children of one family without
a parent only by a service that takes each of them in their own right.
"""

from collections.abc import Collection

from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.needs import ADULT, Child, Needs
from mekhala.pathway.directory.offers import Offer
from mekhala.pathway.encounter.models import Sex

ALL_SEXES = frozenset({"female", "male", "other"})
ANY_AGE = 99  # a service that takes people up to here takes any age


def joined(answers: Collection[bool | None]) -> bool | None:
    """Return False if any is, True if all are, None while one is not known."""
    return False if False in answers else None if None in answers else True


def sex(service: Service | Offer, needs: Needs) -> bool | None:
    """Return whether it takes somebody of this sex."""
    taken = service.takes_sexes
    if needs.sex in taken or (len(taken) >= len(ALL_SEXES) and set(taken) >= ALL_SEXES):
        return True
    if needs.transgender and Sex.OTHER in taken:
        return True
    return None if needs.sex == Sex.UNKNOWN else False


def age(service: Service | Offer, needs: Needs) -> bool | None:
    """Return whether it takes somebody of this age."""
    if service.youngest == 0 and service.oldest >= ANY_AGE:
        return True
    if needs.age is None:
        return None
    return service.youngest <= needs.age <= service.oldest


def children(service: Service | Offer, needs: Needs) -> bool | None:
    """Return whether it takes those who come along: as a parent's children, or as children alone.

    Where nobody knows which they are, what is right for one only is to be asked.
    """
    if needs.with_parent:
        return _with_parent(service, needs)
    alone = joined([_in_own_right(service, child) for child in needs.children])
    if needs.with_parent is None and _with_parent(service, needs) is not alone:
        return None
    return alone


def _in_own_right(service: Service | Offer, child: Child) -> bool | None:
    one = Needs(sex=child.sex, age=child.age)
    return joined([sex(service, one), age(service, one)])


def _with_parent(service: Service | Offer, needs: Needs) -> bool | None:
    if not service.takes_families:
        return service.takes_families
    return joined([_child(service, child) for child in needs.children])


def _child(service: Service | Offer, child: Child) -> bool | None:
    to = {Sex.MALE: service.boys_to, Sex.FEMALE: service.girls_to}
    limits = [to[Sex(child.sex)]] if child.sex in to else [*to.values()]
    if all(limit is None for limit in limits):
        return True
    if child.age is None:
        return None
    found = {limit is None or child.age <= limit for limit in limits}
    return found.pop() if len(found) == 1 else None


def is_made_for(service: Service | Offer, needs: Needs) -> bool:
    """Return whether it is made for such people: for children, or for what somebody suffered."""
    for_children = service.oldest < ADULT and needs.age is not None and needs.age < ADULT
    return for_children or needs.form in service.forms
