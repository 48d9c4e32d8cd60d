"""Lists of agencies with sealed records. Nobody in them is real."""

import io

from django.utils import timezone

from mekhala.core.check_digit import new_number
from mekhala.core.matching.mapping import same_names
from mekhala.core.matching.taking.files import Given, found_table, survey
from mekhala.population.linkage import records
from mekhala.population.linkage.models import AgencyList, Kept


def sealed_list(people, *, source="survey", complete=True):
    """Return a list with these records, given as {column: text}; a statistician must be acting."""
    taken = AgencyList.objects.create(
        source=source, file_digest=new_number("FD"), records=len(people), without_key=0,
        imported_at=timezone.now(), kept=Kept.RECORDS, number=new_number("LR"),
    )  # fmt: skip
    rows = [
        records.Row(row=n, record=f"{taken.pk}-{n}", said=said)
        for n, said in enumerate(people, start=2)
    ]
    assert records.keep(taken, rows) == set()
    if complete:
        taken.completed_at = taken.imported_at
        taken.rows_read = len(people)
        taken.save()
    return taken


def surveyed(content, mapping=None):
    """Return a file with this content, read once by a mapping (our own column names)."""
    raw = content.encode() if isinstance(content, str) else content
    given = Given(open=lambda: io.BytesIO(raw), name="list.csv")
    return survey(found_table(given, mapping or same_names()))
