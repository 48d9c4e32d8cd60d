"""What a reader asked of the list of published figures, and the list as a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from django.utils.translation import gettext_lazy as _

from mekhala.core.provenance.claim import Claim as Read
from mekhala.core.table_cells import csv_text
from mekhala.population.claims.queries import Origin, Traced

SUPERSEDED = "superseded"
BADGE_WORDS = [*Origin.choices, (SUPERSEDED, _("Superseded"))]
COLUMNS = [field.name for field in fields(Read)]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Words in what is counted, a chain, a badge, and a column to sort by; "" for all."""

    words: str = ""
    chain: str = ""
    badge: str = ""
    sort: str = "quantity"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """Return what an address asks for; what it does not know it leaves out."""
        badge = given.get("badge", "")
        return cls(
            words=given.get("words", "").strip(),
            chain=given.get("chain", ""),
            badge=badge if badge in dict(BADGE_WORDS) else "",
            sort=given.get("sort", "quantity"),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything less than all was asked for."""
        return bool(self.words or self.chain or self.badge)

    def narrowed(self, found: Iterable[Traced]) -> list[Traced]:
        """Return the claims asked for, in the order given."""
        return [one for one in found if self._holds(one)]

    def _holds(self, one: Traced) -> bool:
        if self.chain and one.claim.chain != self.chain:
            return False
        if self.badge == SUPERSEDED and not one.superseded:
            return False
        if self.badge and self.badge not in (SUPERSEDED, one.origin):
            return False
        said = f"{one.claim.quantity} {one.claim.population_definition}".casefold()
        return all(word in said for word in self.words.casefold().split())


def as_csv(found: Iterable[Traced]) -> str:
    """Return claims as CSV: every column of the file that was loaded, then what stands behind."""
    head = [*COLUMNS, "origin", "repeats", "superseded", "superseded_through"]
    rows = [
        [
            *(getattr(one.claim, column) for column in COLUMNS), one.origin.value, one.repeats,
            one.superseded.by if one.superseded else None,
            one.superseded.through if one.superseded else None,
        ]
        for one in found
    ]  # fmt: skip
    return "\ufeff" + csv_text([head, *rows])
