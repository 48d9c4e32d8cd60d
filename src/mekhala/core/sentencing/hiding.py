"""What a table of sentences must not tell, so that nothing about a few can be worked out from it.

Who belongs to a group of a few is counted with those of whom the variable is not known. Where all
of these together are still a few, the total less the groups that are told would give them away:
then the smallest group that is told joins them (complementary suppression: Willenborg & de Waal
2001, 9.2). And where the same people are counted on another page, no part may differ from its
part there by a few, nor be a few itself: one would be the other less a handful.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mekhala.core.sentencing.describing import FEWEST, is_told, sentenced
from mekhala.core.sentencing.table import UNKNOWN, VARIABLES, Defendant


def without_few(rows: Sequence[Defendant]) -> list[Defendant]:
    """Return the rows without the groups that would give a few away."""
    hidden = {(name, category) for name in VARIABLES for category in _to_hide(rows, name)}
    if not hidden:
        return list(rows)
    return [
        replace(row, of={n: c for n, c in row.of.items() if (n, c) not in hidden}) for row in rows
    ]


def _to_hide(rows: Sequence[Defendant], variable: str) -> list[str]:
    """Return the groups, the smallest first, that have to go with those of a few."""
    known = sentenced(rows)
    groups: dict[str, list[Defendant]] = {}
    for row in known:
        if variable in row.of:
            groups.setdefault(row.of[variable], []).append(row)
    told = {name: len(members) for name, members in groups.items() if is_told(members)}
    if len(told) == len(groups):
        return []  # those left over are not known, and of no group
    left, hidden = len(known) - sum(told.values()), []
    for name in sorted(told, key=lambda each: (told[each], each)):
        if left >= FEWEST:
            break
        hidden.append(name)
        left += told[name]
    return hidden


def without(rows: Sequence[Defendant], variable: str) -> list[Defendant]:
    """Return the rows without one variable."""
    return [replace(row, of={n: c for n, c in row.of.items() if n != variable}) for row in rows]


def parts(rows: Sequence[Defendant], variable: str) -> dict[str, int]:
    """Count rows by the categories of a variable, those of whom it is not known among them."""
    return dict(Counter(row.of.get(variable, UNKNOWN) for row in rows))


def tells_a_few(here: Mapping[str, int], beside: Mapping[str, int]) -> bool:
    """Whether a part of either count, or what one of them has more than the other, is a few."""
    names = here.keys() | beside.keys()
    pairs = [(here.get(name, 0), beside.get(name, 0)) for name in names]
    return any(0 < n < FEWEST for one, other in pairs for n in (one, other, abs(one - other)))
