"""What a table of sentences says, as tables and as a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mekhala.core.table_cells import csv_text
from mekhala.population.courts.models import SentencingFile
from mekhala.web.casework.courts import words
from mekhala.web.charts import whole

type Cell = str | dict[str, Any]


def page(kept: SentencingFile) -> dict[str, Any]:
    """Return the parts of the page: who is in it, each variable, the limits."""
    answer = kept.answer
    return {
        "answer": answer,
        "variables": [_variable(v) for v in answer["variables"] if v["groups"]],
        "unread": ", ".join(
            _unread(column, n, answer["fewest"]) for column, n in answer["unread"].items() if n
        ),
        "withheld": ", ".join(str(words.VARIABLES[name]) for name in answer.get("withheld", ())),
        "not_held": ", ".join(str(words.VARIABLES[name]) for name in answer["not_held"]),
        "limits": words.LIMITS,
    }


def _unread(column: str, values: int, fewest: int) -> str:
    """How many values of a column the mapping has no category for; a few are not counted out."""
    if values < fewest:
        return _("%(column)s (fewer than 10)") % {"column": column}
    return _("%(column)s (%(values)s values)") % {"column": column, "values": whole(values)}


def _variable(told: dict[str, Any]) -> dict[str, Any]:
    name = str(words.VARIABLES[told["variable"]])
    return {
        "name": name, "unknown": told["unknown"],
        "caption": _("Sentences to prison by %(name)s, in months, as they are")
        % {"name": name.lower()},
        "head": [name, *map(_number, (
            _("People"), _("Mean"), _("Median"), _("Difference of means")))],
        "rows": [_group(g) for g in told["groups"]],
        "models": [_model(m, name) for m in _different(told["models"])],
    }  # fmt: skip


def _different(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a model that adjusts for what the one before does."""
    found: list[dict[str, Any]] = []
    for one in models:
        if one["adjusted_for"] not in [m["adjusted_for"] for m in found]:
            found.append(one)
    return found


def _group(g: dict[str, Any]) -> list[Cell]:
    difference = (
        _("compared with this group") if g["is_reference"]
        else _between(g["difference"], g["difference_low"], g["difference_high"])
    )  # fmt: skip
    return [words.category(g["category"]), *map(_number, (
        whole(g["people"]), _between(g["mean"], g["mean_low"], g["mean_high"]),
        _between(g["median"], g["median_low"], g["median_high"]), difference))]  # fmt: skip


def _model(m: dict[str, Any], of: str) -> dict[str, Any]:
    """Return one model; its table is called by the variable and what it is adjusted for."""
    adjusted = ", ".join(str(words.VARIABLES[name]).lower() for name in m["adjusted_for"])
    told = {"people": whole(m["people"]), "cases": whole(m["cases"]),
            "left_out": whole(m["left_out"])}  # fmt: skip
    caption = _("Adjusted for: %(what)s") % {"what": adjusted} if adjusted else _("Not adjusted")
    on = _("%(people)s people of %(cases)s cases; %(left_out)s left out, as something about "
           "them is not known or shared by fewer than 10.") % told  # fmt: skip
    return {
        "caption": caption, "on": f"{of}. {caption}. {on}",
        "refused": words.REFUSED.get(m["refused"], ""),
        "head": [_("Group"), _number(_("Sentences are longer or shorter by"))],
        "rows": [_ratio(r) for r in m["ratios"]],
    }  # fmt: skip


def _ratio(r: dict[str, Any]) -> list[Cell]:
    name = _("%(group)s, against %(other)s") % {
        "group": words.category(r["category"]), "other": words.category(r["against"]),
    }  # fmt: skip
    said = _("%(point)s %% (%(low)s to %(high)s)") % {
        key: f"{100 * (r[of] - 1):+.0f}"
        for key, of in (("point", "ratio"), ("low", "low"), ("high", "high"))
    }
    return [name, _number(said)]


def _between(point: float, low: float, high: float) -> str:
    return _("%(point)s (%(low)s to %(high)s)") % {
        "point": number_format(point, 1), "low": number_format(low, 1),
        "high": number_format(high, 1),
    }  # fmt: skip


def as_csv(kept: SentencingFile) -> str:
    """Return the same as CSV: differences in months, models as ratios."""
    head = ["table", "variable", "part", "group", "against", "adjusted_for", "people", "value",
            "low", "high", "note"]  # fmt: skip
    return "\ufeff" + csv_text([head, *([kept.title, *row] for row in _rows(kept.answer))])


def _rows(answer: dict[str, Any]) -> Iterator[list[object]]:
    yield from _accounts(answer)
    for v in answer["variables"]:
        for g in v["groups"]:
            for part in ("mean", "median", "difference"):
                told = [g[part], g[f"{part}_low"], g[f"{part}_high"]]
                if told[0] is not None:
                    yield [
                        v["variable"],
                        part,
                        g["category"],
                        "",
                        "",
                        g["people"],
                        *_round(told),
                        "",
                    ]
        for m in v["models"]:
            adjusted = " ".join(m["adjusted_for"])
            if m["refused"]:
                yield [v["variable"], "ratio", "", "", adjusted, m["people"], None, None, None,
                       m["refused"]]  # fmt: skip
            for r in m["ratios"]:
                yield [v["variable"], "ratio", r["category"], r["against"], adjusted, r["people"],
                       *_round([r["ratio"], r["low"], r["high"]]), ""]  # fmt: skip


def _accounts(answer: dict[str, Any]) -> Iterator[list[object]]:
    """Where every row of the table went, and what of it was not read."""
    nothing: list[object] = [None, None, None]
    for part in ("people", "sentenced", "not_to_prison", "not_known"):
        yield ["", part, "", "", "", answer[part], *nothing, ""]
    for column, values in answer["unread"].items():
        few = values < answer["fewest"]
        if values:
            yield [column, "unread", "", "", "", None if few else values, *nothing, "few" * few]


def _round(numbers: list[float]) -> list[float]:
    return [round(number, 4) for number in numbers]


def _number(text: str) -> Cell:
    return {"text": text, "numeric": True}
