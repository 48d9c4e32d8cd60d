"""An array of hundreds of cases costs little more than the command itself."""

import json

from benchmarks.assessments import assess_file, random_cases
from tests.effort import crowding, seconds_of_work


def test_judges_five_hundred_random_cases_in_seconds(tmp_path):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(random_cases(500, seed=1)), encoding="utf-8")
    assert seconds_of_work(lambda: assess_file(path)) < 4 * crowding()
