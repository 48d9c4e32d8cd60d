"""Acts about evidence. Nothing is edited: the register, the chain and the lists only grow."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from mekhala.core.check_digit import new_number
from mekhala.pathway.evidence import errors, policies, queries
from mekhala.pathway.evidence.models import (
    Bearing,
    CustodyEntry,
    Disclosed,
    DisclosureList,
    Item,
    ItemFile,
    Move,
)
from mekhala.pathway.justice import texts
from mekhala.pathway.justice.models import Accused, Charge, Proceeding
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.uploads.names import plain_name

type LeftOut = Mapping[str, tuple[str, str]]  # number of an item → code of the reason, words


@transaction.atomic
def register(
    proceeding: Proceeding, *, kind: str, source: str, basis: str, taken_on: date, what: str,
    by: Officer, at: datetime, place: str = "", taken_by: Agency | None = None, taker: str = "",
    basis_on: date | None = None, basis_number: str = "", content: bytes | None = None,
    file_name: str = "", replaces: Item | None = None,
) -> Item:  # fmt: skip
    """Enter an item with what it rests on, and take it into custody of ``by``.

    ``content`` is the original (JPEG, PNG or PDF), kept byte for byte under a seal; its SHA-256
    stands beside it. Raises ``DayToCome``, ``BasisWithoutDay``, ``NotSuchAFile``, ``NoSuchText``,
    ``NotYourRole``, ``NotOpenToYou``, ``WrongInput`` for the name of a file.
    """
    policies.check_may_act(by, proceeding.number, now=at)
    policies.check_past(taken_on, now=at)
    policies.check_basis(basis, basis_on)
    texts.check_citation(basis_number)
    if replaces is not None and replaces.proceeding_id != proceeding.number:
        raise errors.OtherProceeding
    item = Item.objects.create(
        number=new_number("EV"), proceeding=proceeding, kind=kind, source=source, basis=basis,
        basis_on=basis_on, basis_number=basis_number, taken_on=taken_on, taken_by=taken_by,
        taker=taker, place=place, what=what, replaces=replaces, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if content is not None:
        _keep_file(item, content, file_name)
    CustodyEntry.objects.create(item=item, move=Move.TAKEN_IN, at=at, by=by, recorded_at=at)
    audit.record("evidence.registered", subject=proceeding.number, by=by, at=at, item=item.pk,
                 kind=str(kind), basis=str(basis))  # fmt: skip
    return item


def _keep_file(item: Item, content: bytes, file_name: str) -> None:
    media_type = policies.media_type_of(content)
    ItemFile.objects.create(
        item=item, name=plain_name(file_name), media_type=media_type, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), content=content,
    )  # fmt: skip


def open_file(item: Item, *, by: Officer, at: datetime) -> ItemFile:
    """Return the original, opened, after checking that it is the one registered; noted first.

    Raises ``FileAltered``, and ``WordsNotOpened`` where the keys are away or destroyed.
    """
    policies.check_may_act(by, item.proceeding_id, now=at)
    audit.record("evidence.file_opened", subject=item.proceeding_id, by=by, at=at, item=item.pk)
    kept = ItemFile.objects.get(item=item)
    if hashlib.sha256(kept.content).hexdigest() != kept.sha256:
        raise errors.FileAltered
    return kept


@transaction.atomic
def hand_over(
    item: Item, *, to: Officer, by: Officer, at: datetime, when: datetime,
    seal_whole: bool | None = None,
) -> CustodyEntry:  # fmt: skip
    """Note that ``by``, who holds the item, handed it to another officer of the agency.

    The chain is whole again when that officer receives it. Raises ``NotHeldByYou``,
    ``SameOfficer``, ``BeforeTheLast``, ``DayToCome``.
    """
    chain = _chain(item, by=by, at=at)
    when = policies.check_next(chain, when=when, now=at)
    policies.check_holds(chain, by)
    if not queries.who_may_receive(by).filter(pk=to.pk).exists():
        raise errors.SameOfficer
    return _enter(item, Move.HANDED_OVER, by=by, at=at, when=when, to=to, seal_whole=seal_whole)


@transaction.atomic
def receive(
    item: Item, *, by: Officer, at: datetime, when: datetime, seal_whole: bool | None = None
) -> CustodyEntry:
    """Note that ``by`` received what was handed to her or him. Raises ``NotHandedToYou``."""
    chain = _chain(item, by=by, at=at)
    policies.check_handed_to(chain, by)
    when = policies.check_next(chain, when=when, now=at)
    return _enter(item, Move.RECEIVED, by=by, at=at, when=when, of=chain[-1], seal_whole=seal_whole)


@transaction.atomic
def send_out(
    item: Item, *, outside: str, receipt: str, by: Officer, at: datetime, when: datetime,
    seal_whole: bool | None = None, for_good: bool = False,
) -> CustodyEntry:  # fmt: skip
    """Note that an item went to a laboratory, a store or its owner, against a numbered receipt."""
    chain = _chain(item, by=by, at=at)
    when = policies.check_next(chain, when=when, now=at)
    policies.check_holds(chain, by)
    move = Move.GIVEN_BACK if for_good else Move.SENT_OUT
    return _enter(
        item, move, by=by, at=at, when=when, outside=outside, receipt=receipt,
        seal_whole=seal_whole,
    )  # fmt: skip


@transaction.atomic
def take_back(
    item: Item, *, by: Officer, at: datetime, when: datetime, seal_whole: bool | None = None
) -> CustodyEntry:
    """Note that what was sent out came back to ``by``."""
    chain = _chain(item, by=by, at=at)
    policies.check_not_taken_in(chain)
    when = policies.check_next(chain, when=when, now=at)
    return _enter(item, Move.CAME_BACK, by=by, at=at, when=when, seal_whole=seal_whole)


def _chain(item: Item, *, by: Officer, at: datetime) -> list[CustodyEntry]:
    """Return the entries in order, held against a second act at the same moment."""
    policies.check_may_act(by, item.proceeding_id, now=at)
    Proceeding.objects.select_for_update().get(pk=item.proceeding_id)
    return list(CustodyEntry.objects.filter(item=item))


def _enter(
    item: Item, move: Move, *, by: Officer, at: datetime, when: datetime, **more: object
) -> CustodyEntry:
    entry = CustodyEntry.objects.create(
        item=item, move=move, by=by, at=when, recorded_at=at, **more
    )
    audit.record("evidence.moved", subject=item.proceeding_id, by=by, at=at, item=item.pk,
                 move=move.value, entry=entry.pk)  # fmt: skip
    return entry


@transaction.atomic
def bear(
    item: Item, charge: Charge, element: str, weighs: str, *, because: str, by: Officer,
    at: datetime,
) -> Bearing:  # fmt: skip
    """Note what an item says of one element of a charge; a later note takes its place.

    Raises ``NoSuchElement``, ``OtherProceeding``.
    """
    policies.check_may_act(by, item.proceeding_id, now=at)
    if charge.accused.proceeding_id != item.proceeding_id:
        raise errors.OtherProceeding
    policies.check_element(charge, element)
    kept = Bearing.objects.create(
        item=item, charge=charge, element=element, weighs=weighs, because=because,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record("evidence.weighed", subject=item.proceeding_id, by=by, at=at, item=item.pk,
                 charge=charge.pk, element=element, weighs=str(weighs))  # fmt: skip
    return kept


@transaction.atomic
def disclose(
    accused: Accused, *, by: Officer, at: datetime, made_on: date, left_out: LeftOut | None = None
) -> DisclosureList:
    """Make the list for the defence of one accused: every item that stands is on it.

    Items in ``left_out`` stand on it as left out, with their reason; one that speaks against the
    charge needs words beside the reason. The database refuses a list that is silent about an
    item. Raises ``ReasonMissing``, ``NothingToList``, ``DayToCome``.
    """
    policies.check_may_act(by, accused.proceeding_id, now=at)
    policies.check_past(made_on, now=at)
    items = list(Item.objects.filter(proceeding=accused.proceeding_id, replaced_by=None))
    if not items:
        raise errors.NothingToList
    against, why = queries.speaks_against(accused), left_out or {}
    if any(number in against and not words.strip() for number, (_code, words) in why.items()):
        raise errors.ReasonMissing
    made = DisclosureList.objects.create(
        number=new_number("DL"), accused=accused, made_on=made_on, made_by=by, made_at=at
    )
    for item in items:
        code, words = why.get(item.pk, ("", ""))
        Disclosed.objects.create(
            listed=made, item=item, speaks_against=item.pk in against, left_out=code, because=words
        )
    audit.record(
        "evidence.disclosed", subject=accused.proceeding_id, by=by, at=at, list=made.pk,
        shown=len(items) - len(why), left_out=sorted(why),
        against_left_out=sorted(against & why.keys()),
    )  # fmt: skip
    return made
