"""Where help is missing, for whom and for how long."""

from datetime import date, timedelta

from mekhala.pathway.referral import unmet
from mekhala.pathway.referral.models import UnmetNeed

TODAY = date(2026, 3, 9)


def turned_away(days_ago, group="man", n=1, **more):
    told = {"need": "shelter", "sex": "male", "age_band": "30-44", "province_code": "12",
            "reason": "nobody_takes", "barriers": ["sex"]} | more  # fmt: skip
    return [UnmetNeed(recorded_on=TODAY - timedelta(days=days_ago), group=group, **told)
            for _ in range(n)]  # fmt: skip


def test_a_gap_lasts_from_the_first_of_an_unbroken_run():
    rows = turned_away(3) + turned_away(20) + turned_away(45) + turned_away(120)
    [gap] = unmet.gaps(rows, today=TODAY)
    assert (gap.people, gap.nights, gap.lasts(TODAY)) == (4, 4, 46)
    assert gap.barriers == (("sex", 4),)


def test_a_gap_is_over_when_nobody_was_turned_away_for_four_weeks():
    [gap] = unmet.gaps(turned_away(29), today=TODAY)
    assert gap.lasts(TODAY) is None


def test_the_longest_gap_comes_first_and_groups_are_apart():
    found = unmet.gaps(turned_away(2, n=9) + turned_away(20, group="transgender"), today=TODAY)
    assert [g.group for g in found] == ["transgender", "man"]


def test_small_counts_are_not_told_outside_nor_what_would_tell_them():
    rows = turned_away(1, n=30) + turned_away(1, group="girl", n=4) + turned_away(1, "woman", n=15)
    table = unmet.for_outside(rows)
    shown = table.table(("need", "group"))
    assert shown["shelter", "girl"] is None
    assert sum(count is None for count in shown.values()) + sum(
        count is None for count in table.table(()).values()
    ) >= 2  # fmt: skip
    assert unmet.for_outside([]) is None
