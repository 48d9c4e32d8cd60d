"""What an officer of the authority has to read today."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.pathway.determination.queries import files_to_read
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework import clocks
from mekhala.web.casework.cases.work import SHOWN, Task, WorkList


def work(officer: Officer, *, now: datetime) -> WorkList | None:
    """Return the files the officer may read, the first due first (one query)."""
    if officer.role != Role.AUTHORITY:
        return None
    files = list(files_to_read(officer, at=now)[: SHOWN + 1])
    today, tasks = clocks.today_of(now), []
    for file in files[:SHOWN]:
        words, kind = clocks.in_words(file.due_on, today=today)
        tasks.append(Task(
            number=file.case_id, href=reverse("determination:decision", args=[file.case_id]),
            asked=_("Read the file: %(stage)s") % {"stage": file.get_stage_display()},
            clock=words, clock_kind=kind, since=file.opened_at,
        ))  # fmt: skip
    return WorkList(
        title=_("Files to read"), tasks=tuple(tasks), more=len(files) > SHOWN,
        empty=_("No file waits for your reading."),
    )  # fmt: skip
