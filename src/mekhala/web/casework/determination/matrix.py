"""The element matrix: what each telling says about each element, in words. No sums, no share."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from unicodedata import category

from django.utils.translation import gettext as _

from mekhala.pathway.determination.models import FactRequest, Finding, Source
from mekhala.web.casework.determination.elements import Row, Text
from mekhala.web.casework.determination.tellings import (
    Said,
    earlier_of,
    names_of,
    said_in,
    words_of,
)
from mekhala.web.casework.determination.words import KINDS
from mekhala.web.casework.meanings import ELEMENT_VALUES, of_fact

QUOTED = 90  # signs of a quotation; the facts page has it whole
NAMED_AT_ONCE = 3
JOINERS = "\u17d2\u200d"  # Khmer coeng and the zero-width joiner: the next sign belongs to them


def table(
    text: Text,
    sources: Sequence[Source],
    findings: Sequence[Finding],
    *,
    differ: Collection[str],
    requests: Sequence[FactRequest] = (),
    shown: Collection[int] | None = None,
) -> dict[str, Any]:
    """Return head and rows of the matrix: elements down, tellings across, then what follows.

    ``differ`` are the codes on which sources differ. ``shown`` are the ids of the tellings to
    draw (None: all); what is made out rests on all of them, whichever are drawn.
    """
    names, by_pk, said = names_of(sources), {s.pk: s for s in sources}, said_in(findings)
    drawn = [s for s in sources if shown is None or s.pk in shown]
    asked = {request.code: request for request in requests}
    spoken = {finding.code for finding in findings}
    return {
        "sources": [
            {"id": s.pk, "name": names[s.pk], "follows": names.get(s.follows_id or 0, "")}
            for s in drawn
        ],
        "rows": [
            {
                "name": row.name, "label": row.label, "is_needed": row.is_needed,
                "beyond": row.beyond, "result": _result(row, differ), "kind": _kind(row),
                "settle": _settle(row, differ, asked),
                "cells": [
                    {
                        "source": names[s.pk],
                        "said": _cell(row, s, by_pk, said),
                        "empty": _("Silent") if row.codes & spoken else _("Not asked"),
                    }
                    for s in drawn
                ],
            }
            for row in text.rows
        ],
    }  # fmt: skip


def _cell(
    row: Row, source: Source, by_pk: Mapping[int, Source], said: Mapping[int, Said]
) -> list[dict[str, Any]]:
    """Return what one telling says about one element; empty: it says nothing."""
    own = said.get(source.pk, {})
    return [
        {
            "id": f.pk, "word": words_of(f.made_out), "kind": KINDS[f.made_out],
            "fact": of_fact(code), "quoted": shortened(f.because),
            "changed_from": _changed_from(f, source, by_pk, said),
        }
        for code in sorted(own.keys() & row.codes) for f in own[code]
    ]  # fmt: skip


def _changed_from(
    finding: Finding, source: Source, by_pk: Mapping[int, Source], said: Mapping[int, Said]
) -> str:
    before = earlier_of(source, finding.code, by_pk, said)
    is_changed = before is not None and before.made_out is not finding.made_out
    return words_of(before.made_out) if before is not None and is_changed else ""


def _result(row: Row, differ: Collection[str]) -> str:
    if row.value == "unknown" and row.codes & set(differ):
        return _("Sources differ")
    return str(ELEMENT_VALUES[row.value])


def _kind(row: Row) -> str:
    return {"yes": "for", "no": "against"}.get(row.value, "silent")


def _settle(
    row: Row, differ: Collection[str], asked: Mapping[str, FactRequest]
) -> dict[str, Any] | None:
    """Return what would settle an element that is open; None for one that is settled."""
    if row.value != "unknown" or not row.is_needed:
        return None
    one_each = {code for way in row.if_yes for code in way if len(way) == 1}
    is_either = one_each == set(row.if_no) and len(one_each) == len(row.if_yes)

    def fact(code: str) -> dict[str, Any]:
        waiting = asked.get(code)
        return {
            "code": code,
            "fact": of_fact(code),
            "asked_at": waiting.asked_at if waiting else None,
        }

    disputed = [fact(code) for code in sorted(row.codes & set(differ))]
    return {
        "sentence": _sentence(row, disputed),
        "differ": disputed,
        "either": [fact(code) for code in row.if_no] if is_either else [],
        "if_yes": [] if is_either else [[fact(code) for code in way] for way in row.if_yes],
        "if_no": [] if is_either else [fact(code) for code in row.if_no],
        "still": [fact(code) for code in row.still],
        "waiting": [fact(code) for code in sorted(row.codes & asked.keys())],
    }


def _sentence(row: Row, differ: Sequence[Mapping[str, Any]]) -> str:
    """Name the first facts that would settle an element: those on which sources differ, if any."""
    if differ:
        named = [each["fact"] for each in differ]
    else:
        ways = [code for way in row.if_yes for code in way]
        named = [of_fact(code) for code in dict.fromkeys((*ways, *row.if_no, *row.still))]
    if not named:
        return _("no fact of the list; read what the text asks beside it.")
    shown = "; ".join(named[:NAMED_AT_ONCE])
    more = _(" and others") if len(named) > NAMED_AT_ONCE else ""
    words = (
        _("sources differ on this: %(facts)s.") if differ else _("an answer on this: %(facts)s.")
    )
    return words % {"facts": shown + more}


def shortened(words: str) -> str:
    """Return the first words of a text, with a sign that there are more.

    Khmer and Thai write without spaces: there it is cut between signs that are read as one.
    """
    if len(words) <= QUOTED:
        return words
    cut = QUOTED
    while cut and (category(words[cut]).startswith("M") or words[cut - 1] in JOINERS):
        cut -= 1
    head = words[:cut]
    return (head.rsplit(" ", 1)[0] if " " in head[QUOTED // 2 :] else head) + " …"
