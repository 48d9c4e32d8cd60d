"""How long a form took, as the phone's clock claims."""

from django.utils.dateparse import parse_datetime

from mekhala.forms.answers import Answers

LONGEST = 2_000_000_000  # seconds; beyond that a clock was set anew


def took(answers: Answers, timed: tuple[str, str] | None) -> int | None:
    """Return the seconds between the answers at the two paths ``timed``.

    None where the form has no such questions, where the phone did not say, or where its clock
    went backwards. A form left open overnight took that long.
    """
    if timed is None:
        return None
    try:
        began, ended = (parse_datetime((answers.get(path) or "").strip()) for path in timed)
    except ValueError:
        return None
    if began is None or ended is None or (began.tzinfo is None) != (ended.tzinfo is None):
        return None
    seconds = round((ended - began).total_seconds())
    return seconds if 0 <= seconds < LONGEST else None
