"""Whether a later provision takes an older one's place, without changing what was found.

The Penal Code of 2009 prevails over older law that contradicts it or is identical to it; where the
elements differ the two are complementary and both stand (Holiday, Cambodia's Penal Code (2009):
Affect on the Legal Framework Concerning Trafficking in Persons, Asia Foundation 2010, as the study
Victim Identification Procedures in Cambodia gives it).
"""

from enum import StrEnum

from mekhala.core.law.statute import Displacement, How, Provision
from mekhala.core.reasoning.conduct import Conduct

PREVAILS = (How.CONTRADICTING, How.IDENTICAL)


class Standing(StrEnum):
    """Whether a provision still stands beside the later law of the day of the conduct."""

    STANDS = "stands"
    DISPLACED = "displaced"
    POSSIBLY_DISPLACED = "possibly_displaced"


def later_law(provision: Provision, conduct: Conduct) -> tuple[Displacement, ...]:
    """Return the later provisions on the same matter in force on a day of the conduct."""
    return tuple(d for d in provision.displaced_by if d.in_force.meets(conduct.span))


def standing_of(provision: Provision, conduct: Conduct) -> Standing:
    """Return whether the provision stands for this conduct.

    Displaced: a later one that prevails was in force on every day the conduct can have had.
    Possibly: on some of those days only, or how the two meet is not settled.
    """
    later = [d for d in later_law(provision, conduct) if d.how is not How.COMPLEMENTARY]
    if any(d.how in PREVAILS and d.in_force.holds(conduct.span) for d in later):
        return Standing.DISPLACED
    return Standing.POSSIBLY_DISPLACED if later else Standing.STANDS


def meeting_in_words(later: Displacement) -> str:
    """Return in one sentence how a later provision meets the older one."""
    return f"{later.citation}, in force from {later.in_force.first}, {MEETS[later.how]}."


MEETS = {
    How.CONTRADICTING: "contradicts this text and prevails over it",
    How.IDENTICAL: "says the same and takes the place of this text",
    How.COMPLEMENTARY: "asks for other elements, so both stand",
    How.NOT_SETTLED: "is on the same matter; how the two meet is not settled",
}
