"""Items of invented evidence: who held them, what they bear on, what the defence is told.

``RATES`` is the truth that the pages on evidence must find again within their intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from types import MappingProxyType

from mekhala.core.check_digit import new_number
from mekhala.pathway.evidence.models import (
    Basis,
    Bearing,
    CustodyEntry,
    Disclosed,
    DisclosureList,
    Item,
    Kind,
    Move,
    Source,
    Weighs,
    WhyLeftOut,
)
from mekhala.pathway.justice import texts
from mekhala.pathway.justice.models import Charge, Proceeding
from mekhala.safeguards.access.models import Officer

from .cases import noon
from .draws import Draws
from .flaws import draws_of
from .proceedings import DEFENDANT
from .proceedings import Accused as InventedAccused
from .proceedings import Proceeding as InventedProceeding
from .rows import Rows

RATES = MappingProxyType({
    "no_basis": 0.2,  # of items: on what it rests that they were taken stands nowhere
    "taken_in_late": 0.15,  # of items: on a later day than they were taken
    "handed_over": 0.4,  # of items
    "not_received": 0.25,  # of those handed over: nobody says they have it
    "speaks_against": 0.3,  # of charges: one item speaks against one element
    "no_support": 0.35,  # of the elements of a charge: nothing supports it
    "left_out": 0.15,  # of items on a list for the defence
})  # fmt: skip
FROM = {
    "victim_statement": (Kind.VICTIM_STATEMENT, Source.PERSON, Basis.HEARING),
    "witness_statement": (Kind.WITNESS_STATEMENT, Source.WITNESS, Basis.HEARING),
    "police_statement": (Kind.POLICE_STATEMENT, Source.POLICE, Basis.IN_THE_ACT),
    "ngo_report": (Kind.NGO_REPORT, Source.ORGANISATION, Basis.GIVEN),
    "confession": (Kind.CONFESSION, Source.ACCUSED, Basis.HEARING),
    "telephone": (Kind.TELEPHONE_DATA, Source.COMPANY, Basis.WARRANT),
}  # fmt: skip
LATE, WITHIN = 4, 30  # days: taken in so late; until the register of a complaint is complete
WHAT = "As it stands in the record of the day. (Invented.)"
LEFT_OUT = "Its place is told to counsel. (Invented.)"


def add_evidence(
    rows: Rows, proceeding: Proceeding, invented: InventedProceeding, charges: Sequence[Charge],
    *, keepers: Sequence[Officer], today: date,
) -> None:  # fmt: skip
    """Add the register of a proceeding, kept by the first of ``keepers``, who may hand on."""
    draws = draws_of(f"{proceeding.number} evidence")
    if proceeding.complaint_on + timedelta(days=WITHIN) > today:
        return  # nothing is in the register of the newest complaints yet
    kinds = (*invented.evidence, "telephone")
    items = [_item(rows, proceeding, kind, draws, keepers) for kind in kinds]
    for charge in charges:
        _matrix(rows, charge, items, draws, keepers[0])
    for charge, one in zip(charges, _charged(invented), strict=True):
        tried = [step.on for step in one.ladder if step.stage == DEFENDANT]
        if tried:
            _list(rows, charge, items, draws, on=tried[0], by=keepers[0])


def _charged(invented: InventedProceeding) -> list[InventedAccused]:
    return [a for a in invented.accused if any(s.stage == "charged_person" for s in a.ladder)]


def _item(
    rows: Rows, proceeding: Proceeding, kind: str, draws: Draws, keepers: Sequence[Officer]
) -> Item:
    """Add one item with its chain."""
    taken_on = proceeding.complaint_on + timedelta(days=draws.between(0, 20))
    late = LATE if draws.chance(RATES["taken_in_late"]) else 0
    what, source, basis = FROM[kind]
    basis = Basis.NONE_RECORDED if draws.chance(RATES["no_basis"]) else basis
    ordered = basis == Basis.WARRANT
    item = Item(
        number=new_number("EV", lambda most: draws.between(0, most - 1)), proceeding=proceeding,
        kind=what, source=source, basis=basis, basis_on=taken_on if ordered else None,
        basis_number=f"{draws.between(1, 999)}/{taken_on.year}" if ordered else "",
        taken_on=taken_on, taken_by=proceeding.agency, what=WHAT, recorded_by=keepers[0],
        recorded_at=noon(taken_on + timedelta(days=late), 4),
    )  # fmt: skip
    rows.add_sealed(item, item.number)
    rows.note(
        "evidence.registered", subject=proceeding.number, by=keepers[0], at=item.recorded_at,
        item=item.number, kind=what.value, basis=basis.value,
    )  # fmt: skip
    handed, lost = draws.chance(RATES["handed_over"]), draws.chance(RATES["not_received"])
    _chain(rows, item, keepers, handed_over=handed, lost=lost)
    return item


def _chain(
    rows: Rows, item: Item, keepers: Sequence[Officer], *, handed_over: bool, lost: bool
) -> None:
    """Add who held an item: taken in, and handed on between two officers of the agency."""
    at = item.recorded_at
    rows.add(CustodyEntry(item=item, move=Move.TAKEN_IN, at=at, by=keepers[0], recorded_at=at,
                          seal_whole=True))  # fmt: skip
    if not handed_over or len(keepers) == 1:
        return
    then = at + timedelta(days=2)
    handed = CustodyEntry(item=item, move=Move.HANDED_OVER, at=then, by=keepers[0],
                          to=keepers[1], recorded_at=then)  # fmt: skip
    rows.add(handed)
    if not lost:
        then += timedelta(hours=3)
        rows.add(CustodyEntry(item=item, move=Move.RECEIVED, at=then, by=keepers[1], of=handed,
                              recorded_at=then, seal_whole=True))  # fmt: skip


def _matrix(rows: Rows, charge: Charge, items: Sequence[Item], draws: Draws, by: Officer) -> None:
    """Add what each element of the cited text rests on, and for some what speaks against it."""
    text = texts.text_of(charge.statute, charge.article, charge.in_force_from)
    elements = [element.name for element in text.elements] if text else []
    told = {"charge": charge, "recorded_by": by}
    at = max(item.recorded_at for item in items)
    for element in elements:
        supported, item = not draws.chance(RATES["no_support"]), draws.pick(items)
        if supported:
            rows.add(Bearing(**told, item=item, element=element, weighs=Weighs.SUPPORTS,
                             recorded_at=at))  # fmt: skip
    against, item = draws.chance(RATES["speaks_against"]), draws.pick(items)
    if against and elements:
        rows.add(Bearing(**told, item=item, element=elements[0], weighs=Weighs.AGAINST,
                         recorded_at=at + timedelta(hours=1)))  # fmt: skip


def _list(
    rows: Rows, charge: Charge, items: Sequence[Item], draws: Draws, *, on: date, by: Officer
) -> None:
    """Add the list for the defence: every item is on it, shown or left out with a reason."""
    at = max(noon(on, 6), *(item.recorded_at for item in items))
    made = DisclosureList(
        number=new_number("DL", lambda most: draws.between(0, most - 1)),
        accused=charge.accused, made_on=at.date(), made_by=by, made_at=at,
    )  # fmt: skip
    against = rows.against(charge)
    rows.add(made)
    for item in items:
        out = draws.chance(RATES["left_out"])
        rows.add(
            Disclosed(
                listed=made, item=item, speaks_against=item.number in against,
                left_out=WhyLeftOut.ELSEWHERE if out else "", because=LEFT_OUT if out else "",
            )
        )  # fmt: skip
