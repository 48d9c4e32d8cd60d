"""Opening the few records on a reviewer's screen: two key requests at most, one a list.

Row security has decided which rows there are (``RecordShown``); the key service counts each list
once an hour for each officer. What cannot be opened is told apart from what is not there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from mekhala.core.matching.records import COLUMNS, Record
from mekhala.population.linkage.models import Kept, ListRecord
from mekhala.safeguards.identity import datakeys, narrative
from mekhala.safeguards.identity.errors import NameNotShown
from mekhala.safeguards.identity.models import DESTROYED, DataKey
from mekhala.safeguards.identity.sealing import DoesNotOpen, number_of

SAID: Any = ListRecord._meta.get_field("said")
PURPOSE = "linkage-review"
type Keys = dict[str, dict[int, bytes]]


def records_shown(record_ids: Collection[int], *, by: Any) -> list[tuple[str, Record | None]]:
    """Return (list, record) of records that were shown to the acting officer, in this order.

    A record that is gone, tokens only, or sealed under a key that is not there is None: it can
    still be compared in words. The name of a list that is gone is empty.
    """
    rows = list(ListRecord.objects.filter(pk__in=record_ids).select_related("agency_list"))
    keys = _keys([one for one in rows if one.agency_list.kept == Kept.RECORDS], by=by)
    found = {one.pk: (one.agency_list.source, _opened(one, keys)) for one in rows}
    return [found.get(number, ("", None)) for number in record_ids]


def _keys(rows: Iterable[ListRecord], *, by: Any) -> Keys:
    """Return the data keys these rows need, by list and number; a list without keys is left out."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for one in rows:
        wanted[one.agency_list.number].add(number_of(one.__dict__["said"]))
    numbers = {number for several in wanted.values() for number in several}
    kept = DataKey.objects.filter(subject__in=wanted, number__in=numbers).exclude(form=DESTROYED)
    by_list: defaultdict[str, list[DataKey]] = defaultdict(list)
    for key in kept if wanted else ():
        by_list[key.subject].append(key)
    opened: Keys = {}
    for number, several in by_list.items():
        try:
            opened[number] = datakeys.unwrapped(several, actor=f"officer:{by.pk}", purpose=PURPOSE)
        except NameNotShown:
            continue
    return opened


def _opened(one: ListRecord, keys: Keys) -> Record | None:
    held = keys.get(one.agency_list.number)
    if held is None:
        return None
    try:
        said = SAID.read(narrative.open_with(held, bytes(one.__dict__["said"]), SAID.place(one)))
    except DoesNotOpen:
        return None
    return {column: said.get(column, "") for column in COLUMNS}
