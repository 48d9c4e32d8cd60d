"""The clock asks every minute whether a review is overdue."""

from mekhala.jobs.by_the_clock import MINUTE, jobs
from mekhala.jobs.overdue_reviews import suspend_where_overdue


def test_overdue_reviews_are_looked_for_every_minute(db):
    assert (MINUTE, suspend_where_overdue.enqueue) in jobs()
