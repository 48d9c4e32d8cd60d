"""One case, opened for its officer: what every page about it needs, in as few queries as can be.

Opening it on any of its pages is a look, and noted before anything is shown.

A case that is not open to the officer is absent: the same 404 as for a number nobody has.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.pathway.determination.queries import CaseStatus, Way, status_of, ways
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.safeguards.access.models import Grant, Officer
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent.policies import HEARD_UNDER
from mekhala.web.casework.cases.looks import TOLD_TO
from mekhala.web.casework.cases.not_shared import not_shared
from mekhala.web.casework.cases.sections import tabs_of_rooms

_DETERMINATION = frozenset({Purpose.DETERMINATION})
_DECIDED = frozenset({Purpose.DETERMINATION, Purpose.REGISTRATION})
TABS = [
    ("cases:overview", gettext_lazy("Overview"), frozenset(Purpose)),
    ("determination:facts", gettext_lazy("Facts"), _DETERMINATION),
    ("determination:matrix", gettext_lazy("Matrix"), _DETERMINATION),
    ("determination:decision", gettext_lazy("Decision"), _DETERMINATION),
    ("determination:reasons", gettext_lazy("Reasons"), _DECIDED),
    ("letters:letters", gettext_lazy("Letters"), _DECIDED),
    ("encounter:safe_contact", gettext_lazy("Safe contact"), HEARD_UNDER),
    ("consent:page", gettext_lazy("Consent"), HEARD_UNDER),
    ("cases:history", gettext_lazy("History"), frozenset(Purpose)),
    ("cases:looks", gettext_lazy("Who looked"), TOLD_TO),
]
_HELD = JSONObject(p="purpose", u="until", c="field_classes")
_LAST = {"consent:page", "cases:history", "cases:looks"}  # after the pages of other rooms


@dataclass(frozen=True)
class OpenCase:
    """A case, the officer it is open to, and the purposes it was opened for."""

    case: Case
    officer: Officer
    now: datetime
    grants: tuple[tuple[Purpose, datetime], ...] = field(default=())
    classes: frozenset[FieldClass] = frozenset(FieldClass)

    @property
    def purposes(self) -> set[Purpose]:
        """The purposes for which the officer may open the case now."""
        return {purpose for purpose, _until in self.grants}

    @property
    def not_shared(self) -> dict[str, str]:
        """What is not open to the officer, by class, in words: never a failure, never blank."""
        return not_shared(self.purposes, self.classes)

    @cached_property
    def way(self) -> Way:
        """The steps of the case that the purposes open, the oldest first (one query)."""
        return ways([self.case.number])[self.case.number]

    @property
    def status(self) -> CaseStatus | None:
        """Where the person stands, None where the officer may not know it."""
        return status_of(self.way)

    @property
    def has_open_file(self) -> bool:
        """Whether a question to the authority is open, as far as the purposes tell."""
        return any(s.kind == "file" and s.details["closed_at"] is None for s in self.way)

    def frame(self, path: str = "") -> dict[str, Any]:
        """Return what ``cases/case.html`` shows around every page of the case."""
        return {
            "case": self.case,
            "number": self.case.number,
            "status": self.status.label if self.status else "",
            "age_note": "" if is_known_adult(self.case) else _("Child rules apply"),
            "purpose_line": self._purpose_line(),
            "tabs": self._tabs(path),
            "not_shared": self.not_shared,
        }

    def _purpose_line(self) -> str:
        purpose, until = max(self.grants, key=lambda grant: grant[1])
        return _("You opened this for: %(purpose)s, until %(day)s") % {
            "purpose": purpose.label,
            "day": date_format(timezone.localtime(until), "DATE_FORMAT"),
        }

    def _tabs(self, path: str) -> list[dict[str, Any]]:
        number = self.case.number
        own = {name: (reverse(name, args=[number]), words) for name, words, opened in TABS
               if opened & self.purposes and self._has(name)}  # fmt: skip
        others = tabs_of_rooms(number, purposes=self.purposes)
        first = [tab for name, tab in own.items() if name not in _LAST]
        last = [tab for name, tab in own.items() if name in _LAST]
        return [
            {"href": href, "text": text, "active": href == path}
            for href, text in [*first, *others, *last]
        ]

    def _has(self, name: str) -> bool:
        """Leave out pages with nothing on them: files and decisions that are not there."""
        if name in ("determination:reasons", "letters:letters"):
            return any(step.kind == "decision" for step in self.way)
        if name.startswith("determination:"):
            return any(step.kind == "file" for step in self.way)
        return True


def opened_case(
    request: HttpRequest, number: str, *, purposes: Collection[Purpose] = tuple(Purpose)
) -> OpenCase:
    """Return the case for the officer of ``request``; 404 unless one of ``purposes`` opens it.

    The look is noted: which page, and under which purposes.
    """
    officer, now = request.user, timezone.now()
    assert isinstance(officer, Officer)
    live = Grant.objects.filter(officer=officer, file_number=OuterRef("number"), until__gt=now)
    found = (
        Case.objects.filter(number=number)
        .annotate(live=ArraySubquery(live.values(json=_HELD)))
        .select_related("agency")
        .first()
    )
    grants = tuple((Purpose(g["p"]), _instant(g["u"])) for g in found.live) if found else ()
    if found is None or not {purpose for purpose, _until in grants} & set(purposes):
        raise Http404
    classes = frozenset(FieldClass(c) for g in found.live for c in g["c"])
    opened = OpenCase(case=found, officer=officer, now=now, grants=grants, classes=classes)
    audit.record(
        "case.opened", subject=number, by=officer, at=now, page=_page(request),
        purpose=sorted(p.value for p in opened.purposes),
    )  # fmt: skip
    return opened


def _page(request: HttpRequest) -> str:
    found = request.resolver_match
    return found.view_name if found else ""


def _instant(written: str) -> datetime:
    read = parse_datetime(written)
    assert read is not None
    return read
