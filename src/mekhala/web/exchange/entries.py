"""API: entries about an accused, as the pages keep them; a later one replaces an earlier one."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.justice import policies, queries, services
from mekhala.pathway.justice.models import Accused, Charge, Entry, Hearing, Step
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.web.exchange.entry_shapes import FACTS, AnyEntry, models_of, told
from mekhala.web.exchange.kinds import Strict, Whole
from mekhala.web.officers import officer_of

router = Router(tags=["justice"])


class AccusedEntryIn(Strict):
    """One entry; ``replaces`` is the id of one of the same kind that it takes the place of."""

    entry: AnyEntry
    replaces: Whole | None = None


class AccusedEntryOut(Schema):
    """An entry in codes; ``is_standing`` false: a later one took its place.

    ``is_set_aside``: a judgment against the accused that no longer stands.
    """

    id: int
    of: str
    recorded_by: str
    recorded_at: datetime
    replaces: int | None
    is_standing: bool
    is_set_aside: bool
    said: dict[str, Any]


class AccusedEntryReadOut(AccusedEntryOut):
    """An entry with its words opened."""

    note: str


@router.get("/accused/{slug:number}/entries", response=list[AccusedEntryOut])
def entries(request: HttpRequest, number: str) -> Any:
    """List every entry about one accused, kind by kind, the first first; no words are opened."""
    one = _opened(request, number)
    steps = list(one.steps.all())
    return [_told(kept, of, steps) for of in models_of for kept in _of_kind(one, of)]


@router.post("/accused/{slug:number}/entries", response={201: AccusedEntryOut})
def record(request: HttpRequest, number: str, given: AccusedEntryIn) -> Any:
    """Record one entry."""
    one, of = _opened(request, number), given.entry.of
    kept = services.record(
        models_of[of], one, by=officer_of(request), at=timezone.now(),
        replaces=_replaced(one, of, given.replaces), **_resolved(one, given.entry),
    )  # fmt: skip
    told_now = _told(_of_kind(one, of).get(pk=kept.pk), of, list(one.steps.all()))
    return Status(201, told_now)


@router.get("/accused/{slug:number}/entries/{entry}/{int:entry_id}", response=AccusedEntryReadOut)
def read(request: HttpRequest, number: str, entry: str, entry_id: int) -> Any:
    """Read one entry of the kind ``entry`` with its words."""
    one = _opened(request, number)
    if entry not in models_of:
        raise Http404
    kept = get_object_or_404(_of_kind(one, entry), pk=entry_id)
    return _told(kept, entry, list(one.steps.all())) | {"note": getattr(kept, "note", "")}


def _opened(request: HttpRequest, number: str) -> Accused:
    """Return the accused; the look is noted. To every role but justice nobody is there."""
    officer = officer_of(request)
    if not policies.may_file(officer):
        raise Http404
    found = get_object_or_404(Accused.objects.select_related("proceeding"), number=number)
    audit.record(
        "justice.opened", subject=found.proceeding_id, by=officer, at=timezone.now(),
        purpose=Purpose.JUSTICE.value, page="entries",
    )  # fmt: skip
    return found


def _of_kind(one: Accused, of: str) -> Any:
    rows: Any = models_of[of]._default_manager
    return rows.filter(accused=one).select_related("recorded_by", "replaced_by").order_by("id")


def _replaced(one: Accused, of: str, pk: int | None) -> Entry | None:
    return None if pk is None else get_object_or_404(_of_kind(one, of), pk=pk)


def _resolved(one: Accused, entry: Any) -> dict[str, Any]:
    """Return what the act takes, with the rows its numbers stand for."""
    said: dict[str, Any] = entry.said()
    if entry.of == "verdict":
        charge = get_object_or_404(Charge, pk=said["charge"], accused=one)
        said |= {"charge": charge, "statute": charge.statute, "article": charge.article}
    if entry.of == "observation":
        said["hearing"] = get_object_or_404(
            Hearing, number=said["hearing"], proceeding=one.proceeding_id
        )
    if entry.of == "counsel":
        said["agency"] = _agency(said["agency"])
    if entry.of == "facts" and (unknown := sorted(said["facts"].keys() - FACTS)):
        raise WrongInput(_("facts: %(code)s is no code of a fact; expected one such as "
                           "act.recruitment") % {"code": unknown[0][:40]})  # fmt: skip
    return said


def _agency(code: str | None) -> Agency | None:
    if not code:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise WrongInput(_("agency: no agency here has this code; expected one, or none"))
    return found


def _told(kept: Entry, of: str, steps: list[Step]) -> dict[str, Any]:
    return {
        "id": kept.pk, "of": of, "recorded_by": kept.recorded_by.shown_as,
        "recorded_at": kept.recorded_at, "replaces": kept.replaces_id,
        "is_standing": not hasattr(kept, "replaced_by"),
        "is_set_aside": queries.is_set_aside(kept, steps), "said": told(kept),
    }  # fmt: skip
