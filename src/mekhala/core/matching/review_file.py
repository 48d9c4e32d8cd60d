"""A sample of pairs as a file that people fill in: left, right, …, same (yes, no, or nothing).

It holds record ids and no word about anybody. ``same`` is empty when it is drawn; "cannot tell",
or nothing, stays unknown and is never a no.
"""

from collections.abc import Mapping, Sequence

from mekhala.core.matching.judged import Judged, Names, chance_of
from mekhala.core.matching.records import called
from mekhala.core.matching.review_rates import Checked
from mekhala.core.matching.review_sample import FAR, JOINED, NEAR, TOLD, Drawn
from mekhala.core.table_cells import csv_text
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

HEADS = ("left", "right", "probability", "stratum", "drawn", "weight", "same")
ANSWERS = {
    **dict.fromkeys(("yes", "y", "1", "same", "true"), True),
    **dict.fromkeys(("no", "n", "0", "different", "false"), False),
    **dict.fromkeys(("", "cannot tell", "unknown", "?"), None),
}


def write_sample(drawn: Sequence[Drawn], records: Sequence[Mapping[str, str]]) -> str:
    """Return the text of the file; pairs in an order that tells nothing of their probability."""
    name = called([(record["source"], record["record_id"]) for record in records])
    rows = [
        (name[one.left], name[one.right], one.probability, one.stratum, one.of, one.weight, "")
        for one in sorted(drawn, key=lambda one: (one.left, one.right, one.stratum))
    ]
    return csv_text([HEADS, *rows], line_end="\n")


def text_of(checked: Sequence[Checked]) -> str:
    """Return the text of the file with the answers in it; records are called by their numbers."""
    said = {True: "yes", False: "no", None: ""}
    rows = [
        (c.drawn.left, c.drawn.right, c.drawn.probability, c.drawn.stratum, c.drawn.of,
         c.drawn.weight, said[c.same])
        for c in checked
    ]  # fmt: skip
    return csv_text([HEADS, *rows], line_end="\n")


def read_checked(text: str, names: Names, name: str = "checked.csv") -> list[Checked]:
    """Read the file with what people answered.

    Raises ``WrongInput`` naming the row: a record nobody has, a stratum or an answer that is none.
    """
    return [_checked(row, where, names) for where, row in named_rows(text, name, HEADS)]


def judged_by_people(checked: Sequence[Checked]) -> list[Judged]:
    """Return the pairs that have an answer, each weighing what it stands for."""
    return [
        Judged(left=c.drawn.left, right=c.drawn.right, probability=c.drawn.probability,
               same=c.same, weight=c.drawn.weight, unit=f"{c.drawn.left} {c.drawn.right}")
        for c in checked
        if c.same is not None
    ]  # fmt: skip


def _checked(row: Mapping[str, str], where: str, names: Names) -> Checked:
    left, right = names.pair(row, where)
    answer = row["same"].casefold()
    if answer not in ANSWERS:
        raise WrongInput(
            f"{where}, column same: {row['same']!r} is no answer; expected yes, no or nothing"
        )
    if row["stratum"].split(" ")[0] not in (JOINED, TOLD, NEAR, FAR):
        raise WrongInput(f"{where}, column stratum: {row['stratum']!r} is none of a drawn sample")
    return Checked(
        drawn=Drawn(
            left=left, right=right, stratum=row["stratum"], of=int(_number(row, where, "drawn")),
            probability=chance_of(row["probability"], f"{where}, column probability"),
            weight=_number(row, where, "weight"),
        ),
        same=ANSWERS[answer],
    )  # fmt: skip


def _number(row: Mapping[str, str], where: str, column: str) -> float:
    try:
        number = float(row[column])
    except ValueError:
        number = 0.0
    if not 0 < number < 1e15:
        raise WrongInput(
            f"{where}, column {column}: {row[column]!r} is no number above 0; expected the file "
            "as it was drawn"
        )
    return number
