"""One person asked about leaving for work: counted in the round, by group, and nobody's case."""

import pytest

from mekhala.intake import queries
from mekhala.intake.models import Taken
from mekhala.pathway.encounter.models import Case
from mekhala.population.surveys import answers
from mekhala.population.surveys.leaving import ANSWERS, Said, Topic
from mekhala.population.surveys.models import AskedCount, Round
from tests.builders_casework import registrar
from tests.builders_intake import sent, taken
from tests.builders_surveys import frame, planned_round, posts, statistician
from tests.intake.test_days import answered

LEFT = {
    "agrees": "yes", "sex": "female", "home": "rural", "left": "yes", "post": "North",
    "on": "2026-03-05", "route": "other_crossing not_known", "cost": "more", "borrowed": "yes",
    "abuse": "pay papers none",
}  # fmt: skip
STAYED = {"agrees": "yes", "sex": "male", "home": "urban", "left": "no", "post": "North",
          "on": "2026-03-05"}  # fmt: skip


@pytest.fixture
def worked(db, acting, monkeypatch):
    """Return a registrar whose agency works an open round with a post called North."""
    by, planner = registrar(), statistician()
    made = frame(planner, worked_by=by.agency)
    planned_round(made, posts(made, by=planner), by=planner)
    acting(by)
    monkeypatch.setattr(answers, "FEWEST", 1)
    return by


def keep(by, said, instance="uuid:asked"):
    """Keep a filled survey form and take it over; return what it became."""
    content = answered("leaving_survey", said).replace(b"uuid:asked", instance.encode())
    return taken(by, sent(by, content))


def shares():
    """Return said and asked of each answer, by group, as the page tells them."""
    return {
        (told.topic, told.answer): {group: row[:2] for group, row in told.groups.items()}
        for told in answers.told(Round.objects.get())
    }


def test_a_woman_of_a_village_who_left_is_counted_in_each_question(worked):
    row = keep(worked, LEFT)
    assert (row.state, row.became) == ("done", ["counted"])
    told = shares()
    assert told[Topic.VOLUME, Said.LEFT] == {
        "all": (1, 1), "rural_women": (1, 1), "other_women": (0, 0), "men": (0, 0),
    }  # fmt: skip
    said = {answer for (_topic, answer), groups in told.items() if groups["all"][0]}
    assert said == {Said.LEFT, Said.OTHER_CROSSING, Said.MORE, Said.BORROWED, Said.PAY, Said.PAPERS}
    assert told[Topic.ABUSE, Said.VIOLENCE]["all"] == (0, 1)
    assert told[Topic.ABUSE, Said.NOTHING]["all"] == (0, 1)  # ticked beside others it says nothing
    assert not Case.objects.exists()
    assert len(told) == sum(map(len, ANSWERS.values()))


def test_who_stayed_is_asked_only_whether(worked):
    keep(worked, LEFT)
    keep(worked, STAYED, "uuid:2")
    told = shares()
    assert told[Topic.VOLUME, Said.LEFT]["all"] == (1, 2)
    assert told[Topic.COST, Said.MORE]["all"] == (1, 1)
    assert told[Topic.VOLUME, Said.LEFT]["men"] == (0, 1)


def test_not_known_and_not_said_are_asked_and_said_nothing(worked):
    unsaid = dict.fromkeys(("route", "cost", "borrowed", "abuse"), "not_said")
    keep(worked, LEFT | unsaid | {"sex": "not_known", "home": "not_said"})
    assert set(AskedCount.objects.filter(said=1).values_list("answer", flat=True)) == {"left"}
    assert set(AskedCount.objects.values_list("sex", "home")) == {("unknown", "unknown")}


def test_a_form_sent_twice_or_edited_counts_once(worked):
    keep(worked, LEFT)
    again = answered("leaving_survey", LEFT | {"cost": "month"}).replace(
        b"uuid:asked", b"uuid:edited"
    )
    name = again[again.index(b"instanceID") - 20 : again.index(b"instanceID")].rpartition(b"<")[2]
    edited = again.replace(
        b"<" + name + b"instanceID>uuid:edited",
        b"<" + name + b"deprecatedID>uuid:asked</" + name + b"deprecatedID><" + name
        + b"instanceID>uuid:edited",
    )  # fmt: skip
    assert taken(worked, sent(worked, edited)).state == "done"
    told = shares()
    assert (told[Topic.VOLUME, Said.LEFT]["all"], told[Topic.COST, Said.MORE]["all"]) == (
        (1, 1), (1, 1),
    )  # fmt: skip


def test_who_does_not_want_to_answer_is_not_counted(worked):
    row = keep(worked, {"agrees": "no", "post": "North", "on": "2026-03-05"})
    assert (row.state, "did not want" in row.because) == ("nothing", True)
    assert not AskedCount.objects.exists()


def test_a_form_of_no_open_round_waits(worked):
    row = keep(worked, LEFT | {"post": "Elsewhere"})
    assert (row.state, row.why) == ("waits", "no_round")
    assert not AskedCount.objects.exists()
    assert Taken.objects.count() == 1


def test_forms_are_added_to_a_file_of_the_same_round(worked):
    keep(worked, LEFT)
    text = "topic,answer,sex,home,asked,said\nvolume,left,female,rural,9,4\n"
    from tests.builders_surveys import AT

    of = Round.objects.get()
    answers.load_answers(of=of, text=text, file_name="a.csv", by=worked, at=AT)
    assert shares()[Topic.VOLUME, Said.LEFT]["rural_women"] == (5, 10)


def test_what_fewer_than_ten_people_said_is_told_to_nobody(worked, monkeypatch):
    monkeypatch.setattr(answers, "FEWEST", 10)
    for number in range(9):
        keep(worked, LEFT, f"uuid:{number}")
    assert shares() == {}
    keep(worked, STAYED, "uuid:9")
    assert shares()[Topic.VOLUME, Said.LEFT]["all"] == (9, 10)


def test_the_mapping_is_shipped():
    assert "leaving_survey" in {mapping.form for mapping in queries.shipped()}
