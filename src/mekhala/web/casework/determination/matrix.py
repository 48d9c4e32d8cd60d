"""The element matrix: what each source says about each element, in words. No sums, no share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.determination.models import Element, Finding, SourceKind
from mekhala.pathway.determination.rule import elements_of
from mekhala.web.casework.meanings import ELEMENT_VALUES, of_fact

type Source = tuple[str, date | None]
QUOTED = 90  # signs of a quotation; the facts page has it whole


def table(findings: Iterable[Finding], outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return head and rows of the matrix: elements down, sources across, then what follows."""
    kept = [(f, elements_of([f.code])) for f in findings]
    sources = sorted({_source(f) for f, _e in kept}, key=lambda s: (s[1] or date.min, s[0]))
    needed = [e for e in Element if e is not Element.MEANS or outcome["palermo"]["means_required"]]
    return {
        "sources": [_named(source) for source in sources],
        "rows": [
            {
                "element": element.label,
                "is_needed": element in needed,
                "cells": [
                    {"source": _named(source), "said": _cell(element, source, kept)}
                    for source in sources
                ],
                "result": _result(element, outcome),
                "kind": _kind(element, outcome),
            }
            for element in Element
        ],
    }


def _source(finding: Finding) -> Source:
    return finding.source.kind, finding.source.said_on


def _named(source: Source) -> str:
    kind, on = source
    said = date_format(on, "DATE_FORMAT") if on else _("day not known")
    return f"{SourceKind(kind).label}, {said}"


def _cell(
    element: Element, source: Source, kept: list[tuple[Finding, frozenset[Element]]]
) -> list[dict[str, str]]:
    """Return what one source says about one element; empty: silent."""
    said = [f for f, elements in kept if _source(f) == source and element in elements]
    return [
        {"word": _word(f.made_out), "kind": _KIND[f.made_out], "fact": of_fact(f.code),
         "quoted": shortened(f.because)}
        for f in said
    ]  # fmt: skip


_KIND: dict[bool | None, str] = {True: "for", False: "against", None: "silent"}


def _word(made_out: bool | None) -> str:
    if made_out is None:
        return _("Not known")
    return _("For") if made_out else _("Against")


def _result(element: Element, outcome: Mapping[str, Any]) -> str:
    value = outcome["palermo"][element.value]
    if value == "unknown" and element in elements_of(outcome["sources_differ"]):
        return _("Sources differ")
    return str(ELEMENT_VALUES[value])


def _kind(element: Element, outcome: Mapping[str, Any]) -> str:
    return {"yes": "for", "no": "against"}.get(outcome["palermo"][element.value], "silent")


def shortened(words: str) -> str:
    """Return the first words of a text, cut between words, with a sign that there are more."""
    if len(words) <= QUOTED:
        return words
    return words[:QUOTED].rsplit(" ", 1)[0] + " …"
