"""Why two records were told, or not: each piece of evidence in words, and as a waterfall.

Names and values of the records are never printed: a reader looks them up where they are kept.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json, print_table, read_text

if TYPE_CHECKING:
    from mekhala.core.matching.judged import Names
    from mekhala.core.matching.linker.model import Model
    from mekhala.core.matching.linker.weighing import Step

WIDTH = 40  # signs of the drawn waterfall
FOR, AGAINST, EVEN = "█", "░", "│"

type Record = Mapping[str, str]


def explain(
    folder: Path,
    records: Sequence[Record],
    names: "Names",
    told: Mapping[tuple[int, int], float],
    ids: Sequence[str],
    *,
    as_json: bool,
) -> None:
    """Print what speaks for and against one pair by the model of the folder, and what was told."""
    from mekhala.core.matching.linker.weighing import waterfall, weigh

    pair = names.pair({"left": ids[0], "right": ids[1]}, "--pair")
    weighed = weigh(records[pair[0]], records[pair[1]], _model(folder))
    answer = {
        "left": ids[0], "right": ids[1], "bits": round(weighed.bits, 4),
        "by_evidence": round(weighed.probability, 4), "told": told.get(pair),
        "waterfall": [_rounded(step) for step in waterfall(weighed)],
    }  # fmt: skip
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _model(folder: Path) -> "Model":
    from mekhala.core.matching.linker.model import Model

    path = folder / "model.json"
    return Model.loads(read_text(str(path)), str(path))


def _rounded(step: "Step") -> dict[str, Any]:
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in step.items()}


def _print(answer: Mapping[str, Any]) -> None:
    steps = answer["waterfall"]
    bars = drawn([(step["from"], step["to"]) for step in steps])
    rows: list[list[object]] = [
        [step["field"].replace("_", " "), f"{step['to'] - step['from']:+.1f}", f"{step['to']:+.1f}",
         bar, step["because"]]
        for step, bar in zip(steps, bars, strict=True)
    ]  # fmt: skip
    print_table(["evidence", "bits", "sum", "waterfall", "because"], rows)
    said = "not told" if answer["told"] is None else f"told with {answer['told']}"
    print(
        f"\nBy this evidence alone {answer['by_evidence']:.4f}; {said}. What is told besides looks "
        "at rivals and twins and is calibrated.\nOne bit doubles the odds; │ stands at even odds. "
        "Whether they are one person is for people to say."
    )


def drawn(steps: Sequence[tuple[float, float]], width: int = WIDTH) -> list[str]:
    """Return a bar for each step, from where the sum stood to where it stands, on one scale.

    >>> drawn([(0.0, -2.0), (-2.0, 2.0)], width=4)
    ['░░│', '██│█']
    """
    ends = [0.0, *(end for step in steps for end in step)]
    low, high = min(ends), max(ends)

    def place(bits: float) -> int:
        return round((bits - low) / ((high - low) or 1) * width)

    return [_bar(place(at), place(to), even=place(0.0)) for at, to in steps]


def _bar(at: int, to: int, *, even: int) -> str:
    sign = FOR if to >= at else AGAINST
    held = range(min(at, to), max(at, to))
    signs = [
        EVEN if n == even else sign if n in held else " " for n in range(max(at, to, even) + 1)
    ]
    return "".join(signs).rstrip()
