"""The times of each stage come from data with a source, unverified until somebody checks."""

from datetime import date

import pytest

from mekhala.core.calendar.stages import last_day_to_ask_again, stage_rule

MONDAY = date(2026, 3, 9)


def test_reasonable_grounds_are_due_in_five_working_days_and_wait_for_nothing():
    rule = stage_rule("reasonable_grounds")
    assert rule.due_on(MONDAY) == date(2026, 3, 16)
    assert rule.not_before(MONDAY) is None


def test_conclusive_grounds_leave_thirty_days_to_recover():
    rule = stage_rule("conclusive_grounds")
    assert rule.not_before(MONDAY) == date(2026, 4, 8)
    assert rule.due_on(MONDAY) > rule.not_before(MONDAY)
    assert rule.standard == "balance_of_probabilities"


@pytest.mark.parametrize("stage", ["reasonable_grounds", "conclusive_grounds"])
def test_each_rule_says_where_it_comes_from_and_that_nobody_checked(stage):
    assert stage_rule(stage).source
    assert stage_rule(stage).verified is False


def test_it_is_asked_again_within_thirty_days():
    assert last_day_to_ask_again(MONDAY) == date(2026, 4, 8)
