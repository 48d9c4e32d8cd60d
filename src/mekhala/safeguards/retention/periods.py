"""Reading ``periods.yaml``: how long each kind of record is kept, and what is erased then."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLACE = Path(__file__).with_name("periods.yaml")
ROWS = "rows"
YEAR = 365.25  # days


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of record; ``tables`` gives per model the fields emptied, or ``ROWS``."""

    code: str
    title: str
    after: str
    days: int
    source: str
    verified: bool
    own_wish: str
    stays: str
    tables: dict[str, list[str] | str]

    @property
    def years(self) -> int:
        """How many whole years it is kept; 0 where it is said in days."""
        return int(self.days / YEAR)

    @property
    def may_be_erased_sooner(self) -> bool:
        """Whether two officers may have it erased before its time, at the person's wish."""
        return self.own_wish == "erased"


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its code, in the order of the file."""
    return {code: Kind(code=code, **said) for code, said in _read()["kinds"].items()}


@cache
def kept() -> dict[str, str]:
    """Return why each of the other models is kept, by its label."""
    return dict(_read()["kept"])


def _read() -> dict[str, Any]:
    return dict(yaml.safe_load(PLACE.read_text(encoding="utf-8")))


def as_table() -> str:
    """Return the kinds as the table of docs/operations/retention.md."""
    after = {
        "close": "the case closes", "receipt": "it came", "judgment": "proceedings ended",
        "row": "it was written or ended",
    }  # fmt: skip
    lines = [
        "| Kind | Days | After | Sooner at the person's wish"
        " | On what it rests | Verified | Stays |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {k.title} (`{k.code}`) | {k.days} | {after[k.after]} |"
            f" {'yes' if k.may_be_erased_sooner else 'no'} | {k.source} |"
            f" {'yes' if k.verified else 'no'} | {k.stays} |"
            for k in kinds().values()
        ),
    ]
    return "\n".join(lines)


def lay_down(period: Any) -> None:
    """Give the database's copy, the model ``period``, the rows of the file: for migrations."""
    period.objects.exclude(kind__in=kinds()).delete()
    for kind in kinds().values():
        period.objects.update_or_create(
            kind=kind.code, defaults={"days": kind.days, "timer": kind.after}
        )
