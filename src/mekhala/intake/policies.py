"""Who may add a mapping and have forms mapped again, and who takes a filled form over."""

from mekhala.forms import policies as forms
from mekhala.forms.models import Submission, SubmissionState
from mekhala.intake.errors import NothingToMap
from mekhala.safeguards.access.models import Officer


def check_may_map(by: Officer) -> None:
    """Refuse who may not add forms: a mapping is part of a form."""
    forms.check_may_add_version(by)


def check_may_take(by: Officer, submission: Submission) -> None:
    """Refuse who meets nobody, held answers, and practice. What a room refuses it says itself."""
    forms.check_may_answer(by)
    if submission.is_practice or submission.state == SubmissionState.HELD:
        raise NothingToMap
