"""What the checked sample says of a settled run: shares with their intervals, and for whom."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.population.linkage.models import Settlement
from mekhala.web.charts import whole

FEWEST = 20  # pairs a group's share stands on; the interval of fewer tells hardly anything
OF = {
    "sex": gettext_lazy("Sex"), "age": gettext_lazy("Age"),
    "nationality": gettext_lazy("Nationality"), "script": gettext_lazy("Script"),
    "filled fields": gettext_lazy("Filled fields"),
    "nationality, sex and age": gettext_lazy("Nationality, sex and age"),
}  # fmt: skip
GROUPS = {
    "female": gettext_lazy("female"), "male": gettext_lazy("male"),
    "unknown": gettext_lazy("not known"), "under 18": gettext_lazy("under 18"),
    "18 to 24": gettext_lazy("18 to 24"), "25 to 39": gettext_lazy("25 to 39"),
    "40 and over": gettext_lazy("40 and over"), "khmer": gettext_lazy("Khmer letters"),
    "latin": gettext_lazy("Latin letters"), "both": gettext_lazy("both scripts"),
    "other": gettext_lazy("another script"), "across scripts": gettext_lazy("across scripts"),
    "fewer than 5": gettext_lazy("fewer than 5"), "5 to 7": gettext_lazy("5 to 7"),
    "8 to 10": gettext_lazy("8 to 10"), "11 and more": gettext_lazy("11 and more"),
}  # fmt: skip
SHARES = {
    "precision": gettext_lazy("Of the links, right (precision)"),
    "recall": gettext_lazy("Of the pairs of one person, found (recall)"),
    "f1": gettext_lazy("Both together (F1)"),
}


def page_of(settlement: Settlement | None) -> dict[str, Any]:
    """Return what the page shows; empty where no sample was drawn or nothing is settled."""
    told = settlement.checked if settlement else {}
    if "rates" not in told:
        return {"is_open": bool(told)} if told else {}
    rates, groups = told["rates"], told["quality"]["groups"]
    shown = [group for group in groups if _is_shown(group)]
    return {
        "shares": [{"key": words, "value": _ends(rates[name])} for name, words in SHARES.items()],
        "counts": _counts(rates), "far": whole(rates["far_at_most"]),
        "head": _head(), "rows": [_row(group) for group in shown],
        "fewest": FEWEST, "small": len(groups) - len(shown),
        "band_head": _band_head(),
        "bands": [_band_row(band) for band in told["quality"]["calibration"]],
    }  # fmt: skip


def _counts(rates: dict[str, Any]) -> list[dict[str, Any]]:
    named = {
        "links": _("Links"), "false_links": _("Of them wrong, about"),
        "missed_told": _("Pairs missed among the uncertain ones, about"),
        "missed_outside": _("Pairs missed that the linker never told, about"),
        "checked": _("Pairs checked"), "cannot_tell": _("Of them nobody could tell"),
    }  # fmt: skip
    return [{"key": words, "value": whole(round(rates[n]))} for n, words in named.items()]


def _ends(share: dict[str, Any]) -> str:
    if share["share"] is None:
        return _("not known")
    shown = {name: f"{100 * share[name]:.1f}" for name in ("share", "low", "high")}
    return _("%(share)s %% (95 %% interval %(low)s to %(high)s)") % shown


def _head() -> list[Any]:
    return [_("Group"), _("Found (recall)"), _("Right (precision)"),
            _("Beside everybody else")]  # fmt: skip


def _band_head() -> list[Any]:
    return [_("Probability the linker told"), _("Should be one person"), _("Are one person"),
            _("Held against chance")]  # fmt: skip


def _band_row(band: dict[str, Any]) -> list[Any]:
    ends = {"from": f"{band['above']:g}", "to": f"{band['below']:g}"}
    said = {"over-confident": _("too sure"), "under-confident": _("not sure enough")}
    are = {"share": band["observed"], "low": band["low"], "high": band["high"]}
    return [_("%(from)s to %(to)s") % ends, f"{100 * band['expected']:.1f} %", _ends(are),
            said.get(band["verdict"], _("no difference beyond chance"))]  # fmt: skip


def _is_shown(group: dict[str, Any]) -> bool:
    return max(group["recall"]["pairs"], group["precision"]["pairs"]) >= FEWEST


def _row(group: dict[str, Any]) -> list[str]:
    worse = [
        words
        for name, words in (
            ("missed_more", _("missed oftener")),
            ("false_more", _("wrong oftener")),
        )
        if group[name] and group[name]["beyond_chance"]
    ]
    return [_named(group), _ends(group["recall"]), _ends(group["precision"]),
            ", ".join(worse) or _("no difference beyond chance")]  # fmt: skip


def _named(group: dict[str, Any]) -> str:
    parts = [str(GROUPS.get(part, part.upper())) for part in group["group"].split(", ")]
    return f"{OF.get(group['of'], group['of'])}: {', '.join(parts)}"
