"""Opening dossiers to a study: the court that supervises it, and a second agency."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.population.dossiers import policies, services
from mekhala.population.dossiers.models import Access
from mekhala.population.dossiers.queries import KIND
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.four_eyes.kinds import Kind


def _check(subject: str, details: Mapping[str, Any], *, by: Officer, at: datetime) -> None:  # noqa: ARG001
    found = Access.objects.filter(pk=subject).first()
    if found is None:
        raise NotOpenToYou
    policies.check_may_sign(found, by=by, at=at)


def _says(subject: str, details: Mapping[str, Any]) -> str:  # noqa: ARG001
    found = Access.objects.select_related("agency").filter(pk=subject).first()
    if found is None:
        return _("Court dossiers are opened to a study (%(number)s).") % {"number": subject}
    said = _(
        "A researcher of %(agency)s reads named court dossiers (%(n)s) until %(day)s, in codes, "
        "months and provinces: no name, no day, no word that was written down. The study: "
        "“%(purpose)s” "
        "Approved by %(board)s, number %(approval)s. Each reading is noted; either agency ends it."
    )
    return said % {
        "agency": found.agency, "n": found.named.count(), "purpose": found.purpose,
        "day": date_format(timezone.localdate(found.until), "DATE_FORMAT"),
        "board": found.approved_by, "approval": found.approval,
    }  # fmt: skip


KINDS = (
    Kind(code=KIND, title=gettext_lazy("Court dossiers opened to a study"), in_words=_says,
         ask_roles=policies.LET, answer_roles=policies.SIGN, check=_check,
         act=services.open_under),
)  # fmt: skip
