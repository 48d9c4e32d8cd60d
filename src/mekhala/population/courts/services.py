"""Taking in tables of defendants. What is kept has no name in it, and is never altered."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.sentencing.mapping import shipped_mapping, take
from mekhala.core.sentencing.table import SentencingTable
from mekhala.core.wrong_input import WrongInput
from mekhala.population.courts import policies, queries
from mekhala.population.courts.models import Origin, SentencingFile
from mekhala.safeguards.audit import services as audit

if TYPE_CHECKING:
    from mekhala.safeguards.access.models import Officer

REGISTER = "register"


@transaction.atomic
def load_table(
    text: str, file_name: str, *, mapping: str, title: str = "", source: str = "",
    by: "Officer", at: datetime,
) -> SentencingFile:  # fmt: skip
    """Take a CSV file of defendants through one of the mappings shipped, and say what it shows.

    Raises ``WrongInput`` naming file, line and column, ``TooFewToKeep``, ``NotYourRole``; then
    nothing is kept. A file that is here already is not taken twice.
    """
    policies.check_may_count(by)
    text = text.removeprefix("\ufeff")
    table = take(text, shipped_mapping(mapping), file_name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    table = replace(table, title=title or table.title, source=source or table.source)
    return _kept(table, origin=Origin.UPLOAD, mapping=mapping, digest=digest, by=by, at=at)


@transaction.atomic
def take_register(*, last_year: int, by: "Officer", at: datetime) -> SentencingFile:
    """Take the convictions of the register up to the end of ``last_year``, which must be over.

    Raises ``WrongInput``, ``TooFewToKeep``, ``NotYourRole``.
    """
    policies.check_may_count(by)
    if not queries.FIRST_YEAR <= last_year < timezone.localdate(at).year:
        raise WrongInput(_("year: %(year)s is not over; expected a closed year")
                         % {"year": last_year})  # fmt: skip
    rows = [queries.as_defendant(row) for row in queries.convictions(last_year=last_year, by=by)]
    title = _("Convictions in the register up to %(year)s") % {"year": last_year}
    table = SentencingTable(title=title, source=_("Register of proceedings"), rows=rows)
    digest = hashlib.sha256(json.dumps(sorted(map(repr, rows))).encode()).hexdigest()
    return _kept(table, origin=Origin.REGISTER, mapping=REGISTER, digest=digest, by=by, at=at)


def _kept(
    table: SentencingTable, *, origin: Origin, mapping: str, digest: str, by: "Officer",
    at: datetime,
) -> SentencingFile:  # fmt: skip
    from mekhala.core.sentencing.answer import disparity

    policies.check_large_enough(table)
    if SentencingFile.objects.filter(digest=digest, mapping=mapping).exists():
        raise WrongInput(_("file: this table is here already; expected another"))
    made = SentencingFile.objects.create(
        title=table.title, source=table.source, origin=origin, mapping=mapping,
        digest=digest, answer=disparity(table), taken_by=by, taken_at=at,
        rows=[[row.complaint, row.months, row.year, row.of] for row in table.rows],
    )  # fmt: skip
    audit.record("courts.table_taken", subject=made, by=by, at=at, origin=origin.value,
                 people=len(table.rows), digest=digest)  # fmt: skip
    return made
