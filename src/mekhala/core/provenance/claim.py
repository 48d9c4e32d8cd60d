"""Published figures as they were found, one claim for each, and reading them from a file."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

NOT_MEASURED = frozenset({"", "unsourced", "none", "unknown"})
REQUIRED = (
    "claim_id", "quantity", "population_definition", "place", "period", "value", "unit",
    "method", "source_cited",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One figure as one document prints it; every field as written, "" where nothing is.

    ``value`` may be a number, a range (``80000-100000``) or words; ``lo`` and ``hi`` are the
    ends where the document gives them. ``seed_file`` is the document it stands in. Two columns
    may be entered by who keeps the ledger: ``superseded_by``, the source that replaced, withdrew
    or refuted the figure; ``part_of``, the claim_id of the whole the figure is a part of, or a
    name that shares of one hundred percent have in common.
    """

    claim_id: str
    seed_file: str = ""
    section: str = ""
    quantity: str
    population_definition: str
    place: str
    period: str
    value: str
    unit: str
    lo: str = ""
    hi: str = ""
    method: str
    source_cited: str
    sources_that_repeat_it: str = ""
    quote_location: str = ""
    note: str = ""
    chain: str = ""
    superseded_by: str = ""
    part_of: str = ""

    @property
    def document(self) -> str:
        """The document's short name: what stands before the last hyphen of ``claim_id``."""
        head, hyphen, _ = self.claim_id.rpartition("-")
        return head if hyphen and head else self.seed_file

    @property
    def measured(self) -> bool:
        """Whether somebody is said to have counted, asked or estimated it."""
        return self.method.casefold() not in NOT_MEASURED

    @property
    def computed(self) -> bool:
        """Whether it is a ratio of other figures, and so no origin of its own."""
        return self.base_unit in ("ratio", "times")

    @property
    def numbers(self) -> tuple[float, float] | None:
        """The lowest and highest number claimed; None where the value is not a number."""
        text = self.value.replace(",", "").replace(" ", "")
        both = re.fullmatch(r"(\d+(?:\.\d+)?)[-–](\d+(?:\.\d+)?)", text)
        if both and not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
            low, high = float(both[1]), float(both[2])
            return (low, high) if low <= high else None
        return (float(text), float(text)) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None

    @property
    def base_unit(self) -> str:
        """The unit without its "per …", so that ``USD`` and ``USD/year`` can be held together."""
        return re.split(r"[/ (]", self.unit.casefold(), maxsplit=1)[0]


def plain(text: str) -> str:
    """Text for comparing: lower case, single spaces, no punctuation at its ends."""
    return " ".join(text.casefold().split()).strip(" .,;:'\"“”‘’")


def read_claims(text: str, name: str = "claims") -> list[Claim]:
    """Read claims from the text of a CSV file called ``name``, in its order.

    Raises ``WrongInput`` naming row and column: a column missing, a claim_id missing or
    there twice, a quantity or value missing, lo or hi that are not numbers or cross.
    """
    claims: dict[str, Claim] = {}
    for where, row in named_rows(text, name, REQUIRED):
        claim = claim_of(row, where)
        if claim.claim_id in claims:
            raise WrongInput(
                f"{where}, column claim_id: {claim.claim_id!r} is there twice; "
                "expected a name of its own for each claim"
            )
        claims[claim.claim_id] = claim
    if not claims:
        raise WrongInput(f"{name}: holds no claims; expected one published figure a row")
    return list(claims.values())


def claim_of(row: Mapping[str, str], where: str) -> Claim:
    """A claim from its cells by column; ``where`` stands before a complaint.

    Raises ``WrongInput``: a claim_id, quantity or value missing, lo or hi that are not numbers
    or cross.
    """
    known = {f.name for f in fields(Claim)}
    cells = {name: cell for name, cell in row.items() if name in known}
    for column in ("claim_id", "quantity", "value"):
        if not cells[column].strip():
            raise WrongInput(f"{where}, column {column}: is empty; expected what the figure is")
    ends = [_number(cells.get(column, ""), f"{where}, column {column}") for column in ("lo", "hi")]
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        raise WrongInput(f"{where}: lo {cells['lo']} is above hi {cells['hi']}")
    return Claim(**cells)


def _number(cell: str, where: str) -> float | None:
    if not cell:
        return None
    try:
        number = float(cell.replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise WrongInput(f"{where}: {cell!r} is not a number; expected a number or nothing")
    return number
