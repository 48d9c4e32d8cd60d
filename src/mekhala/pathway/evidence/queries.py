"""Questions about evidence. Row security answers only with what is open to the officer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from mekhala.pathway.evidence.models import (
    Bearing,
    CustodyEntry,
    Disclosed,
    DisclosureList,
    Item,
    Weighs,
)
from mekhala.pathway.justice import texts
from mekhala.pathway.justice.models import Accused, Charge
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role


@dataclass(kw_only=True)
class Row:
    """One element of a charge, and the items for and against it."""

    name: str
    label: str
    supports: list[Item] = field(default_factory=list)
    against: list[Item] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        """Whether nothing supports it."""
        return not self.supports


def register(proceeding: str) -> QuerySet[Item]:
    """Return the items that stand, in their order, with their chain; no words are opened."""
    chain = CustodyEntry.objects.select_related("by", "to")
    return (
        Item.objects.filter(proceeding=proceeding, replaced_by=None)
        .select_related("taken_by", "file")
        .defer("file__content")
        .prefetch_related(Prefetch("custody", chain))
    )


def kinds(proceeding: str) -> list[str]:
    """Return the kind of each item that stands: what a fair-trial check asks for."""
    found = Item.objects.filter(proceeding=proceeding, replaced_by=None)
    return list(found.values_list("kind", flat=True))


def kinds_of(proceedings: Iterable[str]) -> dict[str, list[str]]:
    """Return the kinds that stand in several proceedings, in one query."""
    found: dict[str, list[str]] = {}
    standing = Item.objects.filter(proceeding__in=list(proceedings), replaced_by=None)
    for number, kind in standing.values_list("proceeding", "kind"):
        found.setdefault(number, []).append(kind)
    return found


def bearings_now(charges: Iterable[Charge]) -> list[Bearing]:
    """Return for each item, charge and element the latest bearing of items that stand."""
    found = Bearing.objects.filter(charge__in=list(charges), item__replaced_by=None)
    latest = {(b.item_id, b.charge_id, b.element): b for b in found.select_related("item")}
    return list(latest.values())


def matrix(charge: Charge) -> list[Row]:
    """Return each element of the cited text with what supports it and what speaks against it.

    Empty where the text is not kept here.
    """
    text = texts.text_of(charge.statute, charge.article, charge.in_force_from)
    rows = {e.name: Row(name=e.name, label=e.label) for e in (text.elements if text else ())}
    for bearing in bearings_now([charge]):
        if (row := rows.get(bearing.element)) is None:
            continue
        if bearing.weighs == Weighs.SUPPORTS:
            row.supports.append(bearing.item)
        elif bearing.weighs == Weighs.AGAINST:
            row.against.append(bearing.item)
    return list(rows.values())


def speaks_against(accused: Accused) -> set[str]:
    """Return the numbers of the items that stand and were ever noted to speak against a charge.

    A later note, an item in place of another and a charge brought anew do not undo it for the
    defence: what may clear somebody is not weighed away before the defence has seen it.
    """
    noted = Bearing.objects.filter(charge__accused=accused, weighs=Weighs.AGAINST)
    replaced = Item.objects.filter(proceeding=accused.proceeding_id).exclude(replaces=None)
    later = dict(replaced.values_list("replaces_id", "number"))
    return {_standing(number, later) for number in noted.values_list("item_id", flat=True)}


def _standing(number: str, later: Mapping[str, str]) -> str:
    """Return the item that stands in the place of one, through every replacement."""
    while number in later:
        number = later[number]
    return number


def lists(proceeding: str) -> QuerySet[DisclosureList]:
    """Return the lists made in a proceeding, the latest first."""
    entries = Disclosed.objects.select_related("item")
    return (
        DisclosureList.objects.filter(accused__proceeding=proceeding)
        .select_related("accused", "made_by")
        .prefetch_related(Prefetch("entries", entries))
        .order_by("-made_at", "-number")
    )


def not_listed_yet(accused: Accused) -> list[Item]:
    """Return the items no list for this accused speaks of yet."""
    told = Disclosed.objects.filter(listed__accused=accused).values("item")
    standing = Item.objects.filter(proceeding=accused.proceeding_id, replaced_by=None)
    return list(standing.exclude(pk__in=told))


def who_may_receive(officer: Officer) -> QuerySet[Officer]:
    """Return the other officers of justice of the same agency."""
    return access.officers_of(Role.JUSTICE, officer.agency).exclude(pk=officer.pk)
