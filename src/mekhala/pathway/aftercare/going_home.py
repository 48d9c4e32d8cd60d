"""What stands in the way of simply sending somebody home. Pure: facts in, reasons out.

Not known is never no: what nobody asked, or the person did not say, stands in the way until two
officers have looked at it. The rule sorts what was said; it scores nobody. Sources: family
assessment before return, MOSVY practice; "the family may be the seller" (reports of 2011, 2012).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mekhala.pathway.aftercare.codes import RELATIVES, Asked, InTheWay, Kin

YES, NO = "yes", "no"
_BY_ANSWER = {  # the one answer that clears each question
    Asked.FEELS_SAFE: (YES, InTheWay.NOT_SAFE),
    Asked.RECRUITER_NEAR: (NO, InTheWay.RECRUITER_NEAR),
    Asked.THREATS: (NO, InTheWay.THREATS),
    Asked.DEBT: (NO, InTheWay.DEBT),
}


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a visit to the family found; None: not known."""

    wants: bool | None
    is_safe: bool | None


def in_the_way(
    answers: Mapping[str, str], *, kin: Kin | str, is_adult: bool, visit: Visit | None
) -> tuple[InTheWay, ...]:
    """Return what stands in the way by what was asked and visited; empty: nothing does.

    An adult may go where she or he wants without a visit; what a visit found still counts. Who
    was named is not among ``answers``: the database adds it as a yes or no.
    """
    found = [why for asked, (clear, why) in _BY_ANSWER.items() if answers.get(asked) != clear]
    to_family = Kin(kin) in RELATIVES
    if to_family and visit is None and not is_adult:
        found.append(InTheWay.NOT_VISITED)
    if to_family and visit is not None:
        found += [InTheWay.FAMILY_NOT_WILLING] if visit.wants is not True else []
        found += [InTheWay.VISIT_NOT_SAFE] if visit.is_safe is not True else []
    return tuple(found)
