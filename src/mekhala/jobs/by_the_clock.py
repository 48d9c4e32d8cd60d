"""The clock: puts each job in the queue when its time has come. The worker does the work.

``python -m mekhala.jobs.by_the_clock`` is one small process; running two does no harm, since
every job may be done twice.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def jobs() -> list[tuple[timedelta, Callable[[], object]]]:
    """Return each job with how often it is due."""
    from mekhala.intake.working import take_what_waits
    from mekhala.jobs.clocks_of_justice import tell_before_limits
    from mekhala.jobs.ending_agreements import tell_of_ending_agreements
    from mekhala.jobs.holds_to_review import tell_of_holds_to_review
    from mekhala.jobs.kept_long_enough import erase_what_is_due
    from mekhala.jobs.lists_of_forms import fill_lists
    from mekhala.jobs.overdue_reviews import suspend_where_overdue
    from mekhala.jobs.places_to_confirm import ask_who_is_quiet
    from mekhala.jobs.quiet_cases import tell_of_quiet_cases
    from mekhala.jobs.unanswered_referrals import let_unanswered_lapse, wake_who_does_not_answer
    from mekhala.jobs.waiting_estimates import work_out_waiting
    from mekhala.jobs.waiting_linkage import link_waiting
    from mekhala.jobs.witnessed_heads import witness_the_log
    from mekhala.jobs.yearly_estimates import ask_for_closed_year
    from mekhala.jobs.yearly_register import count_closed_year

    return [
        (MINUTE, let_unanswered_lapse.enqueue),
        (MINUTE, wake_who_does_not_answer.enqueue),
        (MINUTE, suspend_where_overdue.enqueue),
        (MINUTE, take_what_waits.enqueue),
        (10 * MINUTE, work_out_waiting.enqueue),
        (10 * MINUTE, tell_before_limits.enqueue),
        (10 * MINUTE, fill_lists.enqueue),
        (10 * MINUTE, link_waiting.enqueue),
        (30 * MINUTE, witness_the_log.enqueue),
        (DAY, count_closed_year.enqueue),
        (DAY, ask_for_closed_year.enqueue),
        (DAY, tell_of_ending_agreements.enqueue),
        (DAY, tell_of_holds_to_review.enqueue),
        (DAY, ask_who_is_quiet.enqueue),
        (DAY, tell_of_quiet_cases.enqueue),
        (DAY, erase_what_is_due.enqueue),
    ]


class Clock:
    """Remembers when each job is due next."""

    def __init__(self, due: list[tuple[timedelta, Callable[[], object]]], now: datetime) -> None:
        """Let every job be due for the first time one interval after ``now``."""
        self.jobs = due
        self.next = [now + every for every, _enqueue in due]

    def tick(self, now: datetime) -> int:
        """Put in the queue what is due at ``now``; return how many jobs that were."""
        ready = [place for place, due in enumerate(self.next) if due <= now]
        for place in ready:
            every, enqueue = self.jobs[place]
            enqueue()
            self.next[place] = now + every
        return len(ready)


def main() -> int:
    """Tick until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
    import django

    django.setup()
    from django.utils import timezone

    from mekhala.safeguards.outbound import guard

    guard()  # the database alone, which is reached beneath Python
    clock = Clock(jobs(), timezone.now())
    while True:
        time.sleep(5)
        clock.tick(timezone.now())


if __name__ == "__main__":
    sys.exit(main())
