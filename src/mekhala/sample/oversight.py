"""Invented bodies merged and renamed, reports owed, targets beside what was reached, policies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from mekhala.population.institutions import oversight

SOURCE = "An invented paper"
MINISTRY, COMMITTEE = "Ministry of Labour (invented)", "National committee (invented)"
BODIES = (  # body, what became of it, into, days ago
    ("Task force of the river (invented)", "founded", "", 2800),
    ("Working group of the coast (invented)", "founded", "", 2600),
    ("Working group of the coast (invented)", "merged", COMMITTEE, 2000),
    ("Task force of the river (invented)", "merged", COMMITTEE, 2000),
)
REPORTS = (  # body, report, days ago that it was due, days until it came
    (MINISTRY, "Report on agencies abroad", 400, 32),
    (MINISTRY, "Report on agencies abroad", 35, None),
    (COMMITTEE, "Report of the year", 300, -3),
    (COMMITTEE, "Report of the year", -60, None),
)
TARGETS = (  # what, unit, aim, reached, from today to its day
    ("Officers trained to recognise victims", "officers", 400, 265, 200),
    ("Houses that take men", "houses", 2, None, -30),
)
POLICIES = (  # title, days ago, who had a hand and how
    ("Plan against trafficking (invented)", 900,
     (("A fund (invented)", "paid"), ("An embassy (invented)", "condition"))),
    ("Rule on interviews (invented)", 400, ()),
)  # fmt: skip


def keep(today: date, told: dict[str, Any]) -> None:
    """Write all of it down, in the name of the national committee."""
    for body, became, into, ago in BODIES:
        oversight.record_body_change(
            body, became, into=into, since=today - timedelta(days=ago), source=SOURCE, **told
        )
    for report in REPORTS:
        _report(report, today, told)
    for target in TARGETS:
        _target(target, today, told)
    for title, ago, hands in POLICIES:
        policy = oversight.record_policy(
            title=title, adopted_by=COMMITTEE, adopted_on=today - timedelta(days=ago),
            source=SOURCE, **told,
        )  # fmt: skip
        for who, hand in hands:
            oversight.record_influence(policy, who=who, hand=hand, source=SOURCE, **told)


def _report(row: tuple[Any, ...], today: date, told: dict[str, Any]) -> None:
    body, report, ago, days = row
    due = today - timedelta(days=ago)
    one = oversight.expect_report(
        body, report, str(due.year), owed_to=COMMITTEE, due_on=due, source=SOURCE, **told
    )
    if days is not None:
        oversight.record_report_came(one, on=due + timedelta(days=days), **told)


def _target(row: tuple[Any, ...], today: date, told: dict[str, Any]) -> None:
    what, unit, aim, reached, ahead = row
    one = oversight.record_target(
        plan="Plan against trafficking (invented)", body=COMMITTEE, what=what, unit=unit, aim=aim,
        by_day=today + timedelta(days=ahead), source=SOURCE, **told,
    )  # fmt: skip
    if reached is not None:
        oversight.record_reached(
            one, count=reached, as_of=today - timedelta(days=20), said_by=MINISTRY, source=SOURCE,
            **told,
        )  # fmt: skip
