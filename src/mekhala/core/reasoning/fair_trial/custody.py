"""Custody: how long the police held the accused.

Code of Criminal Procedure (2007), Article 96: 48 hours, and for a felony 24 more where the
prosecutor allows it in writing.
"""

from mekhala.core.reasoning.fair_trial.answer import NO, Told, answered, cannot_tell, not_, yes
from mekhala.core.reasoning.fair_trial.flags import limit_of
from mekhala.core.reasoning.fair_trial.proceeding import Proceeding

HOURS, EXTENSION = "custody.hours", "custody.prosecutor_extension"


def unlawful_custody(p: Proceeding) -> Told:
    """Say whether the accused was held longer than the law allows."""
    hours = p.custody.hours
    plain = limit_of("unlawful_custody", "hours")
    longest = limit_of("unlawful_custody", "hours_with_extension")
    if hours is None:
        return cannot_tell(HOURS)
    if hours > longest:
        allowed = f"the law allows {plain:g}, and {longest:g} with an extension by the prosecutor"
        return yes(f"Held {hours:g} hours; {allowed}.", HOURS)
    if hours <= plain:
        return NO
    because = f"Held {hours:g} hours without a recorded extension by the prosecutor; "
    told = answered(
        not_(p.custody.prosecutor_extension), f"{because}the limit is {plain:g}.", HOURS, EXTENSION
    )
    return told if told.raised is not None else cannot_tell(EXTENSION)
