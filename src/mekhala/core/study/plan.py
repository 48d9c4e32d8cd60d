"""How the figures of one study hang together, kept as data: a plan in TOML.

A figure is named ``table | group | measure | unit | note``; unit and note may be left out where
only one figure answers. A rule that names a figure the file does not hold is left out, and said.

    [[sum]]      whole = "…"  parts = ["…", "…"]        the parts are the whole, each person once
    [[together]] parts = ["…", "…"]                     the parts are the number counted in
    [[hundred]]  shares = ["…", "…"]                    the shares of one whole add to 100
    [[ratio]]    share = "…"  parts = ["…"]  whole = "…"   the parts in percent of the whole
    [[one_of]]   share = "…"  of = ["…", "…"]           a share told again should be one of these
    [[whole]]    mean = "…"                             each person's value is a whole number
    [[at_most]]  part = "…"  whole = "…"                everybody in the part is in the whole
    [[same]]     figures = ["…", "…"]  what = "…"       two tellings of one quantity
    [[mean]]     mean = "…"  groups = [["…", "…"]]      means of groups with their sizes
    [[divided_twice]] one = [["…", "…"]]  other = [["…", "…"]]   means and sizes of one people
    [[bands]]    mean = "…"  bands = [["…", 2, 10]]     counts, each between two values
    [[compare]]  what = "…"  first = ["…", "…"]  all = ["…", "…"]   part and whole, twice
    [[stratum]]  name = "…"  sample = "…"  frame = "…"  drawn from, and how many there were
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from mekhala.core.study.figure import Figure
from mekhala.core.wrong_input import WrongInput

RULES: Mapping[str, frozenset[str]] = {
    "sum": frozenset({"whole", "parts"}), "together": frozenset({"parts"}),
    "hundred": frozenset({"shares"}),
    "ratio": frozenset({"share", "parts", "whole"}), "one_of": frozenset({"share", "of"}),
    "whole": frozenset({"mean"}),
    "at_most": frozenset({"part", "whole"}), "same": frozenset({"figures", "what"}),
    "divided_twice": frozenset({"one", "other"}),
    "mean": frozenset({"mean", "groups"}), "bands": frozenset({"mean", "bands"}),
    "compare": frozenset({"what", "first", "all"}),
    "stratum": frozenset({"name", "sample", "frame"}),
}  # fmt: skip
SHIPPED = "prisoners.toml"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The rules of one study by their kind; ``left_out`` those that name a figure not in it."""

    title: str
    rules: Mapping[str, tuple[dict[str, Any], ...]]
    left_out: tuple[str, ...] = field(default=())

    def of(self, kind: str) -> tuple[dict[str, Any], ...]:
        """The rules of one kind, every name in them replaced by its figure."""
        return self.rules.get(kind, ())


def shipped_plan() -> str:
    """The text of the plan that comes with the program: the study of 91 prisoners."""
    return (files("mekhala.core.study") / "plans" / SHIPPED).read_text(encoding="utf-8")


def read_plan(text: str, name: str, figures: Iterable[Figure]) -> Plan:
    """Read a plan and find the figures it names; ``WrongInput`` where it is no plan."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongInput(f"{name}: {error}; expected a plan in TOML") from None
    known = _by_name(figures)
    rules: dict[str, tuple[dict[str, Any], ...]] = {}
    left_out: list[str] = []
    for kind, rule in _rules(written, name):
        try:
            rules[kind] = (*rules.get(kind, ()), _found(rule, known))
        except KeyError as missing:
            left_out.append(f"{kind}: {missing.args[0]}")
    return Plan(title=str(written.get("title", "")), rules=rules, left_out=tuple(left_out))


def _rules(written: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, rules in written.items():
        if kind == "title":
            continue
        if kind not in RULES:
            raise WrongInput(f"{name}: no rule {kind!r}; expected one of {', '.join(RULES)}")
        for place, rule in enumerate(rules if isinstance(rules, list) else [rules], start=1):
            if not isinstance(rule, dict) or set(rule) != RULES[kind]:
                raise WrongInput(
                    f"{name}: {kind} {place}: expected exactly {', '.join(sorted(RULES[kind]))}"
                )
            yield kind, rule


def _by_name(figures: Iterable[Figure]) -> dict[str, Figure | None]:
    """Figures by their names; None where a short name means two."""
    known: dict[str, Figure | None] = {}
    for one in figures:
        short = " | ".join((one.table, one.group, one.measure))
        with_unit = f"{short} | {one.unit}"
        for name in (short, with_unit, f"{with_unit} | {one.note}"):
            known[name] = None if name in known else one
    return known


def _found(value: Any, known: Mapping[str, Figure | None]) -> Any:
    """Replace every name in a rule by its figure; ``KeyError`` with the name it does not know."""
    if isinstance(value, dict):
        return {k: v if k in ("what", "name") else _found(v, known) for k, v in value.items()}
    if isinstance(value, list):
        return [_found(one, known) for one in value]
    if isinstance(value, str):
        figure = known.get(value)
        if figure is None:
            raise KeyError(value)
        return figure
    return value
