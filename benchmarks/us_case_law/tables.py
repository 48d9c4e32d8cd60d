"""How far the published findings on each case carry the definition, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.us_case_law.mapping import GIVEN_AS_NOTHING, CourtCase, mapping
from mekhala.core.reasoning.assess import assess
from mekhala.core.vocabulary.facts import PalermoRole, codes_with_role

ELEMENTS = ("act", "means", "purpose")
ADULT = {"age": 18, "age_certainty": "known"}
PLAIN = {
    "Trafficking in persons (adults)": "adults",
    "Trafficking in children (under 18 years)": "children",
}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One case and what the rule on the definition gives for it."""

    case: CourtCase
    finding: str  # by the age given; an age not given is a child's
    missing: tuple[str, ...]
    found: frozenset[str]  # elements made out, needed or not
    finding_as_adult: str  # were every person of the case known to be 18 or more


def judge(case: CourtCase) -> Judged:
    """Assess the case by the age given, and once more as that of an adult."""
    palermo = assess(case.document)["palermo"]
    return Judged(
        case=case,
        finding=palermo["finding"],
        missing=tuple(palermo["missing"]),
        found=frozenset(e for e in ELEMENTS if palermo[e] == "yes"),
        finding_as_adult=assess(_as_adult(case))["palermo"]["finding"],
    )


def _as_adult(case: CourtCase) -> Mapping[str, Any]:
    return {**case.document, "person": {**case.document["person"], **ADULT}}


def tables(judged: Sequence[Judged]) -> str:
    """Return the tables of the page, as Markdown."""
    parts = [
        _counted("Offences named", judged, offence_class),
        _counted("Minors among the victims", judged, lambda each: each.case.minors),
        _list(
            "Missing where the finding stays open (one case may lack several)",
            _missing(judged),
            "cases",
        ),
        _list("Which elements are made out, needed or not", _found(judged), "cases"),
        _list("Columns that say nothing", _blank(judged), "cases"),
        _list("Categories no fact of ours stands for", _not_mapped(judged), "times"),
        _unreached(),
    ]
    return "\n\n".join(parts) + "\n"


def offence_class(each: Judged) -> str:
    """Return the class of offences the case names."""
    return " and ".join(PLAIN.get(o, o) for o in each.case.offences) or GIVEN_AS_NOTHING


def _counted(title: str, judged: Sequence[Judged], kind: Callable[[Judged], str]) -> str:
    """Count findings by the kind of case, and over all."""
    kinds = sorted({kind(each) for each in judged}, key=lambda k: (k == GIVEN_AS_NOTHING, k))
    rows = [_row(name, [each for each in judged if kind(each) == name]) for name in kinds]
    head = f"| {title} | cases | met | not met | open | met, all read as adults |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows, _row("**all**", judged)])


def _row(name: str, judged: Sequence[Judged]) -> str:
    findings = Counter(each.finding for each in judged)
    strict = sum(each.finding_as_adult == "met" for each in judged)
    by_finding = [findings[word] for word in ("met", "not_met", "undetermined")]
    return _line(name, len(judged), *by_finding, strict)


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _list(title: str, counted: Mapping[str, int], unit: str) -> str:
    rows = [_line(name, n) for name, n in sorted(counted.items(), key=lambda x: (-x[1], x[0]))]
    return "\n".join([f"| {title} | {unit} |", "|---|---|", *(rows or ["| none | 0 |"])])


def _missing(judged: Iterable[Judged]) -> Counter[str]:
    return Counter(element for each in judged for element in each.missing)


def _found(judged: Iterable[Judged]) -> Counter[str]:
    made_out = ([e for e in ELEMENTS if e in each.found] for each in judged)
    return Counter(", ".join(elements) or "none" for elements in made_out)


def _blank(judged: Iterable[Judged]) -> Counter[str]:
    return Counter(f"`{column}`" for each in judged for column in each.case.blank)


def _not_mapped(judged: Iterable[Judged]) -> Counter[str]:
    columns = mapping()["columns"]
    return Counter(
        f"`{column}`: {category} ({columns[column][category]['not_mapped']})"
        for each in judged
        for column, category in each.case.not_mapped
    )


def _unreached() -> str:
    """List the facts that make out an element and that no category can bring."""
    reached = {c for column in mapping()["columns"].values() for each in column.values()
               for c in each.get("stands_for", [])}  # fmt: skip
    rows = [
        _line(
            role.value,
            ", ".join(f"`{c}`" for c in codes_with_role(role) if c not in reached) or "none",
        )
        for role in (PalermoRole.ACT, PalermoRole.MEANS, PalermoRole.PURPOSE)
    ]
    return "\n".join(["| Element | facts of ours no category says |", "|---|---|", *rows])
