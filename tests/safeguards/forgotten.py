"""A mutant of every view at once: the filter by grant is forgotten (TP-A).

Each page, operation, search and list takes whatever row the database shows, and believes the file
is open for every purpose. What still holds then is row security alone.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import Any
from unittest.mock import patch

from django.http import Http404
from django.urls import get_resolver
from django.utils import timezone

from mekhala.pathway.encounter import queries as encounters
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases import frame
from tests.safeguards.cells import Verdict, cells, judged, stage
from tests.safeguards.cells import ask as asked


def _opened_case(request: Any, number: str, **_purposes: Any) -> frame.OpenCase:
    now, case = timezone.now(), Case.objects.filter(number=number).first()
    if case is None:
        raise Http404
    every = tuple((purpose, now) for purpose in Purpose)
    return frame.OpenCase(case=case, officer=request.user, now=now, grants=every)


type Replaced = dict[Callable[..., Any], Callable[..., Any]]
PURPOSE_OF_A_PAGE: Replaced = {frame.opened_case: _opened_case}
FORGETFUL: Replaced = PURPOSE_OF_A_PAGE | {
    access.purposes_for: lambda *_who, **_when: set(Purpose),
    encounters.visible_to: lambda *_who, **_when: Case.objects.all(),
    encounters.newest_first: lambda *_who, **_when: Case.objects.all(),
}


@contextmanager
def filters_forgotten(which: Replaced | None = None) -> Iterator[int]:
    """Replace filters, all unless told, wherever they were imported; yield in how many places."""
    which = FORGETFUL if which is None else which
    get_resolver().check()  # every view is imported
    places = [
        (module, name, which[value])
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").startswith("mekhala.")
        for name, value in list(vars(module).items())
        if callable(value) and getattr(value, "__hash__", None) and value in which
    ]
    with ExitStack() as out:
        for module, name, forgetful in places:
            out.enter_context(patch.object(module, name, forgetful))
        yield len(places)


def without_filters(relation: str, full: Any = None, *, every: int = 1) -> Verdict:
    """Try the cells in which nothing may be shown; return those that were let in all the same.

    ``every`` 2 tries every second cell: each address still, by every second role in turn.
    """
    count, allows = 0, []
    with stage(relation, full) as made, filters_forgotten() as places:
        assert places > 20, places
        for cell in islice(cells(relation), 0, None, every):
            client = made.client(cell)
            if client is None or cell.expected not in ("absent", "no") or cell.row.table == "finds":
                continue
            count += 1
            found = judged(asked(client, cell.row, made.full))
            if found == "allow":
                allows.append(f"{cell.row.address}: {cell.role.value}, {relation}: {found}")
    return Verdict(count, allows, [])
