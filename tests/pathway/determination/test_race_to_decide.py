"""Two officers answer one question in the same moment: one decision, and one clear refusal."""

import pytest

from benchmarks.race_to_decide import ONE_DECISION, ONE_READING, at_once, board, round_of
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.safeguards.access.acting import acting_for
from tests import log
from tests.builders_casework import referred
from tests.log import Entry

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 20  # a thousand in ``./run proof``


def test_two_officers_after_a_first_reading_leave_one_decision_and_one_refusal():
    readers = board()
    assert {round_of(2 * n, readers) for n in range(ROUNDS)} == {ONE_DECISION}
    with acting_for(readers[0].pk):
        assert Entry.objects.filter(act="determination.decided").count() == ROUNDS
        opened = DeterminationFile.objects.filter(closed_at=None)
        assert opened.count() == ROUNDS  # the second question, put once for each
    assert log.verify().broken_at is None


def test_one_officer_in_two_tabs_leaves_one_reading_and_one_refusal():
    readers = board()
    assert {round_of(2 * n + 1, readers) for n in range(ROUNDS)} == {ONE_READING}


def test_three_officers_who_all_read_at_once_decide_once():
    readers = board()
    with acting_for(None):
        file = referred()
    assert sorted(at_once(file, readers)) == ["FileClosed", "decided", "read"]
