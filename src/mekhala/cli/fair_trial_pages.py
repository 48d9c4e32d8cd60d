"""``docs/law/fair-trial.md`` and its casebook: the flags, the limits, the proceedings."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mekhala.cli.casebook_page import anchor
from mekhala.core.calendar.lengths import Length
from mekhala.core.calendar.limits import (
    Limit,
    limits,
    shortest_time_out,
    source_of_stretches,
)
from mekhala.core.casebook.proceedings import ProceedingPage
from mekhala.core.law.pages import MADE
from mekhala.core.reasoning.fair_trial.flags import Flag, flags
from mekhala.core.reasoning.fair_trial.review import REVIEW_RULE

CASEBOOK = "fair-trial-casebook.md"
INTRODUCTION = (
    "`mekhala fair-trial FILE.json` reads one proceeding against one accused, or an array of them,",
    "and says which of these warnings are raised, why, and on which answers each rests; which are",
    "not; and which cannot be told until somebody asks. What nobody asked is never a no. A warning",
    "asks a lawyer to look. It accuses nobody, decides nothing and scores nobody; it never cancels",
    "a victim's protection, and no finding about a victim cancels a warning.",
)
WHOM = {"adult": "an adult", "minor": "a minor", "under_14": "under 14", "anybody": "anybody"}


def fair_trial_page(pages: Sequence[ProceedingPage]) -> str:
    """Return the page of every flag and every limit, with the invented proceedings beside each."""
    lines = ["# Fair trial", "", MADE, "", *INTRODUCTION, "", f"Review: {REVIEW_RULE}.", ""]
    lines += ["| Flag | Level | Meaning |", "|---|---|---|"]
    lines += [f"| [{f.code}](#{f.code}) | {f.level} | {f.meaning} |" for f in flags().values()]
    for flag in flags().values():
        lines += ["", f"## {flag.code}", "", *_flag(flag, pages)]
    return "\n".join([*lines, "", "## Limits of time", "", *_limits()]) + "\n"


def proceedings_page(pages: Sequence[ProceedingPage]) -> str:
    """Return the page of every invented proceeding, as it is given and as it is judged."""
    intro = "Invented proceedings, each judged as a test on every change. None is about anybody."
    lines = ["# Casebook of proceedings", "", MADE, "", intro]
    for page in pages:
        lines += ["", f"## {page.title}", "", *_proceeding(page)]
    return "\n".join(lines) + "\n"


def _flag(flag: Flag, pages: Sequence[ProceedingPage]) -> Iterator[str]:
    yield f"{flag.meaning}. Level: **{flag.level}**."
    yield ""
    yield f"- Raised: {flag.raised}"
    yield f"- Not raised: {flag.not_raised}"
    yield f"- Cannot be told: {flag.cannot_tell}"
    for name, number in flag.limits.items():
        yield f"- Measure: {name.replace('_', ' ')} {number:g}. {flag.limit_source}."
    yield f"- Source ({_verified(verified=flag.verified)}): {flag.source.rstrip('.')}."
    yield f"- Rule: `core/reasoning/fair_trial/{flag.family}.py`"
    yield f"- Raised in: {_linked(p for p in pages if flag.code in p.raised)}"
    yield f"- Nearly raised in: {_linked(p for p in pages if flag.code in p.nearly)}"


def _linked(pages: Iterator[ProceedingPage]) -> str:
    return "; ".join(f"[{p.title}]({CASEBOOK}#{anchor(p.title)})" for p in pages)


def _verified(*, verified: bool) -> str:
    return "verified" if verified else "not verified"


def _limits() -> Iterator[str]:
    yield "When custody, detention before trial, hearing and appeal run out, and how long before"
    yield "that somebody is told (`core/calendar/limits.yaml`). *At most*: the law sets a shorter"
    yield "limit than the one known here. On the clock of Phnom Penh; a month ends at the same hour"
    yield "of the day of the same number, or of the last day of a shorter month."
    yield ""
    hours = shortest_time_out().total_seconds() / 3600
    yield "Two detentions of one kind are one stretch, and its limit runs from the first of them,"
    yield f"unless between them lie {hours:g} hours and more and a release is recorded; for police"
    yield "custody, also a prison or a place for young people. A gap of which nothing is recorded"
    yield f"is no release. {source_of_stretches()} (not verified)."
    yield ""
    yield "| Limit | For | Length | Extensions | Runs from | Told before | Article | Source |"
    yield "|---|---|---|---|---|---|---|---|"
    for limit in limits().values():
        yield f"| {' | '.join(_cells(limit))} |"


def _cells(limit: Limit) -> Iterator[str]:
    charged = f", charged with a {limit.charged_with}" if limit.charged_with else ""
    length = _length(limit.length) if limit.length else "forbidden"
    yield limit.name
    yield WHOM[limit.whom] + charged
    yield f"{'at most ' if limit.at_most else ''}{length}"
    only = f"for a {limit.extended_for} only; " if limit.extended_for else ""
    granted = f" ({only}{limit.extended_by})" if limit.extensions else ""
    yield (", then ".join(_length(each) for each in limit.extensions) or "none") + granted
    yield limit.runs_from
    yield _length(limit.alarm) if limit.length else "at once"
    yield f"{limit.statute} Article {limit.article}"
    yield f"{limit.source.rstrip('.')} ({_verified(verified=limit.verified)})"


def _length(length: Length) -> str:
    parts = {"months": length.months, "days": length.days, "hours": length.hours}
    told = (f"{n} {unit if n > 1 else unit[:-1]}" for unit, n in parts.items() if n)
    return " and ".join(told)


def _proceeding(page: ProceedingPage) -> Iterator[str]:
    given = {key: value for key, value in page.document.items() if key != "case"}
    rows = (f'  "{key}": {json.dumps(told, ensure_ascii=False)}' for key, told in given.items())
    yield "```json"
    yield "{\n" + ",\n".join(rows) + "\n}"
    yield "```"
    yield ""
    yield f"- Review: **{page.review}**"
    for flag in page.told.raised:
        because = page.told.told[flag.code].because
        yield f"- Raised: {_codes([flag.code])}. {because}"
    if page.cannot_tell:
        yield f"- Cannot be told: {_codes(page.cannot_tell)}"
    for code, change in page.changes.items():
        yield f"- Nearly raised: {_codes([code])}, which {_change(change)} would raise"
    yield f"- Why: {page.why}"
    yield f"- File: [{page.stem}.yaml](../../tests/casebook/fair_trial/{page.stem}.yaml)"


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(f"[{code}](fair-trial.md#{code})" for code in codes)


def _change(change: Mapping[str, Any]) -> str:
    return f"`{json.dumps(change, ensure_ascii=False)}`"
