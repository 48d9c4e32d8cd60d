"""API: later acts of the chain of custody, and the lists for the defence."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.evidence import queries, services
from mekhala.pathway.evidence.models import DisclosureList, Item, Outside, WhyLeftOut
from mekhala.pathway.justice.models import Accused
from mekhala.web.exchange.evidence import ItemOut, listed, opened
from mekhala.web.exchange.kinds import NO_NUL, Day, Moment, Strict, YesNo
from mekhala.web.officers import officer_of

router = Router(tags=["evidence"])


class MoveIn(Strict):
    """What happened to an item; ``to`` is the user name of the officer it was handed to."""

    move: Literal["handed_over", "received", "sent_out", "came_back", "given_back"]
    when: Moment
    to: str | None = Field(None, max_length=150, pattern=NO_NUL)
    outside: Outside | None = None
    receipt: str = Field("", max_length=40, pattern=NO_NUL)
    seal_whole: YesNo | None = None


class LeftOutIn(Strict):
    """An item the defence is not shown, and why; that it is not shown, it is told."""

    item: str = Field(max_length=20, pattern=NO_NUL)
    why: WhyLeftOut
    because: str = Field("", max_length=500, pattern=NO_NUL)


class DefenceListIn(Strict):
    """A list for the defence of one accused: every item that stands, and which are left out."""

    accused: str = Field(max_length=20, pattern=NO_NUL)
    made_on: Day
    left_out: list[LeftOutIn] = Field([], max_length=500)


class ListedOut(Schema):
    """One item on a list; ``left_out`` empty: the defence is shown it."""

    item: str
    kind: str
    speaks_against: bool
    left_out: str


class DefenceListOut(Schema):
    """What the defence of one accused was told of; words of reasons are read on the page."""

    number: str
    accused: str
    made_on: date
    made_by: str
    items: list[ListedOut]


@router.post("/proceedings/{slug:number}/evidence/{slug:item}/moves", response={201: ItemOut})
def move(request: HttpRequest, number: str, item: str, given: MoveIn) -> Any:
    """Add a line to the chain of custody; answers the item with its chain and its gaps."""
    opened(request, number)
    one, at = get_object_or_404(Item, pk=item, proceeding=number), timezone.now()
    usual: dict[str, Any] = {"by": officer_of(request), "at": at, "when": given.when,
             "seal_whole": given.seal_whole}  # fmt: skip
    if given.move == "handed_over":
        services.hand_over(one, to=_receiver(request, given), **usual)
    elif given.move == "received":
        services.receive(one, **usual)
    elif given.move == "came_back":
        services.take_back(one, **usual)
    else:
        services.send_out(one, **_outside(given), for_good=given.move == "given_back", **usual)
    return Status(201, listed(queries.register(number).get(pk=one.pk), at))


@router.get("/proceedings/{slug:number}/evidence-lists", response=list[DefenceListOut])
def lists(request: HttpRequest, number: str) -> Any:
    """List what the defence was told of, the latest list first."""
    opened(request, number)
    return [_shown(one) for one in queries.lists(number)]


@router.post("/proceedings/{slug:number}/evidence-lists", response={201: DefenceListOut})
def make_list(request: HttpRequest, number: str, given: DefenceListIn) -> Any:
    """Make the list for one accused; no item that stands can be missing from it."""
    opened(request, number)
    one = get_object_or_404(Accused, number=given.accused, proceeding=number)
    left_out = {each.item: (each.why.value, each.because) for each in given.left_out}
    standing = set(queries.register(number).values_list("pk", flat=True))
    if strange := sorted(left_out.keys() - standing):
        raise WrongInput(_("left_out: %(item)s is no item that stands here") % {"item": strange[0]})
    made = services.disclose(
        one, by=officer_of(request), at=timezone.now(), made_on=given.made_on, left_out=left_out
    )
    return Status(201, _shown(queries.lists(number).get(pk=made.pk)))


def _receiver(request: HttpRequest, given: MoveIn) -> Any:
    found = queries.who_may_receive(officer_of(request)).filter(username=given.to or "").first()
    if found is None:
        raise WrongInput(_("to: expected the user name of another officer of justice here"))
    return found


def _outside(given: MoveIn) -> dict[str, Any]:
    if given.outside is None or not given.receipt:
        raise WrongInput(_("outside, receipt: expected where it went and the receipt's number"))
    return {"outside": given.outside.value, "receipt": given.receipt}


def _shown(one: DisclosureList) -> dict[str, Any]:
    return {
        "number": one.number, "accused": one.accused_id, "made_on": one.made_on,
        "made_by": one.made_by.shown_as,
        "items": [
            {"item": e.item_id, "kind": e.item.kind, "speaks_against": e.speaks_against,
             "left_out": e.left_out}
            for e in one.entries.all()
        ],
    }  # fmt: skip
