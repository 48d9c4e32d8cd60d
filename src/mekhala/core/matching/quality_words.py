"""The quality of a linkage in words: a table, and a sentence for each group that fares worse."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mekhala.core.matching.calibration import Band
    from mekhala.core.matching.quality import Part

EVERYBODY = "everybody"
HEADS = ("group", "true pairs", "recall", "interval", "links", "precision", "interval", "F1",
         "expected", "observed", "")  # fmt: skip
BAND_HEADS = ("probability", "pairs", "should be one person", "are", "interval", "")


def sentences(part: "Part") -> Iterator[str]:
    """Yield what fares worse in a group than elsewhere, with its interval."""
    for more, is_worse, what in (
        (part.missed_more, part.is_missed_more, "pairs are missed"),
        (part.false_more, part.is_false_more, "links are wrong"),
    ):
        if more and is_worse:
            often = (
                "here and never" if more.ratio is None else f"{more.ratio:.1f} times as often as"
            )
            yield (
                f"{part.of} {part.group}: {what} {often} elsewhere "
                f"({more.low:.1f} to {more.high:.1f} times)"
            )


def row(part: "Part") -> list[object]:
    """Return the cells of a group under ``HEADS``."""
    recall, precision = part.missed.right(), part.false.right()
    flags = [w for w, is_on in (("missed more", part.is_missed_more),
                                ("wrong more", part.is_false_more)) if is_on]  # fmt: skip
    name = EVERYBODY if part.of == EVERYBODY else f"{part.of}: {part.group}"
    return [
        name, round(recall["pairs"]), _short(recall["share"]), _ends(recall),
        round(precision["pairs"]), _short(precision["share"]), _ends(precision), _short(part.f1),
        _short(part.expected), _short(part.observed), ", ".join(flags),
    ]  # fmt: skip


def band_row(band: "Band") -> list[object]:
    """Return the cells of a band of probability under ``BAND_HEADS``."""
    return [
        f"{band.above:g} to {band.below:g}", round(band.pairs), f"{band.expected:.3f}",
        f"{band.observed:.3f}", f"{band.low:.3f} to {band.high:.3f}", band.verdict,
    ]  # fmt: skip


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _ends(told: Mapping[str, Any]) -> str:
    return "" if told["low"] is None else f"{told['low']:.3f} to {told['high']:.3f}"


def percent(told: Mapping[str, Any]) -> str:
    """Return a share with its interval in words."""
    if told["share"] is None:
        return "not known"
    return f"{told['share']:.4f} ({told['low']:.4f} to {told['high']:.4f})"
