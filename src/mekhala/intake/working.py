"""What workers do: each filled form is taken over in the name of whoever sent it."""

from collections import Counter
from collections.abc import Iterable

from django.tasks import task
from django.utils import timezone

from mekhala.forms.models import Submission
from mekhala.intake import queries, taking
from mekhala.intake.errors import NothingToMap
from mekhala.intake.models import State
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.errors import OpenedTooOften

LATER = "later"  # as many forms of the sender were opened as an hour, or a day, allows


@task()
def take_over(submission: int, officer: int) -> str:
    """Take one filled form over as its sender; return what became of it, empty for nothing.

    It is opened once for that, in the sender's name, beside what the sender may read. Where that
    is used up nothing is done, and the clock comes back.
    """
    with acting_for(officer):
        by = Officer.objects.select_related("agency").get(pk=officer)
        found = Submission.objects.select_related("version__form").filter(pk=submission).first()
        if found is None:
            return ""
        if not by.is_active:
            taking.note_left(found, at=timezone.now())
            return str(State.WAITS)
        try:
            return str(taking.take_in(found, by=by, at=timezone.now()).state)
        except (NothingToMap, NotYourRole):
            return ""
        except OpenedTooOften:
            return LATER


@task()
def map_form_again(form: int) -> dict[str, int]:
    """Map every filled form of a form again; return how many came to which state."""
    return _each(queries.taken_of(form))


@task()
def take_what_waits() -> dict[str, int]:
    """Take over what came and no worker took; return how many came to which state."""
    return _each(queries.untaken(queries.versions_with_mapping()))


def _each(found: Iterable[tuple[int, int]]) -> dict[str, int]:
    states: Counter[str] = Counter()
    full: set[int] = set()
    for submission, officer in found:
        state = LATER if officer in full else take_over.func(submission, officer)
        if state == LATER:
            full.add(officer)
        if state:
            states[state] += 1
    return dict(states)
