"""Filled forms of one post and day add up to its figures, and to nobody's case."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from defusedxml import ElementTree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.forms import services as forms
from mekhala.forms.instruments import instrument_text
from mekhala.pathway.encounter.models import Case
from mekhala.population.surveys import services as surveys
from mekhala.population.surveys.errors import NotYourRole
from mekhala.population.surveys.models import DayTally
from mekhala.population.surveys.policies import may_read
from mekhala.population.surveys.queries import figures_of
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_casework import registrar
from tests.builders_intake import sent, taken, tally, tally_version
from tests.builders_surveys import AT, figures, frame, planned_round, posts, statistician

ON = date(2026, 3, 5)
FOUND = ("strong", "some", "some", "none", "missed")


def _round():
    """Return a registrar whose agency works an open round, and its first post."""
    by = registrar()
    made = frame(statistician(), worked_by=by.agency)
    planner = statistician()
    of = planned_round(made, posts(made, by=planner), by=planner)
    return by, of, of.posts.get(post__name="North")


def _figures(at_post, on=ON):
    newest = DayTally.objects.filter(at_post=at_post, on=on).order_by("-version").first()
    return figures_of(newest) if newest else None


def test_the_people_of_a_form_are_counted_and_no_case_is_opened(db, acting):
    tally_version()
    by, _of, north = _round()
    row = taken(by, sent(by, tally(found=FOUND)))
    assert (row.state, row.became) == ("done", ["counted"])
    counted = _figures(north)
    assert (counted.approached, counted.refused, counted.missed, counted.screened) == (7, 2, 1, 4)
    assert (counted.strong, counted.some, counted.none, counted.unclear) == (1, 2, 1, 0)
    assert not Case.objects.exists()


def test_forms_of_one_day_add_up_and_an_edit_counts_in_place_of_the_first(db, acting):
    tally_version()
    by, _of, north = _round()
    taken(by, sent(by, tally(found=FOUND)))
    taken(by, sent(by, tally("uuid:2", found=("none",))))
    assert _figures(north).screened == 5
    taken(by, sent(by, tally("uuid:3", edits="uuid:1", found=("unclear",))))
    assert (_figures(north).screened, _figures(north).strong) == (2, 0)


def test_an_edit_that_names_another_day_moves_its_people(db, acting):
    tally_version()
    by, _of, north = _round()
    taken(by, sent(by, tally(found=FOUND)))
    taken(by, sent(by, tally("uuid:2", edits="uuid:1", found=FOUND, on="2026-03-06")))
    assert _figures(north).screened == 0
    assert _figures(north, date(2026, 3, 6)).screened == 4


def test_what_was_entered_by_hand_is_left_alone(db, acting):
    tally_version()
    by, of, north = _round()
    acting(by)
    surveys.enter_day(of=of, at_post=north, on=ON, figures=figures(), by=by, at=AT)
    row = taken(by, sent(by, tally(found=FOUND)))
    assert (row.state, row.why) == ("waits", "by_hand")
    assert _figures(north) == figures()


def test_a_day_of_no_round_waits_until_there_is_one(db, acting):
    tally_version()
    by, _of, _north = _round()
    assert taken(by, sent(by, tally(found=FOUND, post="Nowhere"))).why == "no_round"
    assert taken(by, sent(by, tally("uuid:2", found=FOUND, on="2025-01-01"))).why == "no_round"


def test_who_may_not_enter_a_survey_leaves_the_form_for_who_may(db, acting):
    tally_version()
    by, _of, north = _round()
    sender = officer(Role.PROVIDER, at=by.agency)
    form = sent(sender, tally(found=FOUND))
    row = taken(sender, form)
    assert (row.why, row.refusal) == ("refused", "NotYourRole")
    assert taken(by, form).state == "done"
    assert _figures(north).screened == 4


def test_what_first_responders_fill_in_at_a_post_counts_by_itself(db, acting):
    tally_version()
    by, of, north = _round()
    one, two = officer(at=by.agency), officer(at=by.agency)
    assert taken(one, sent(one, tally(found=FOUND))).state == "done"
    assert taken(two, sent(two, tally("uuid:2", found=("none",)))).state == "done"
    assert _figures(north).screened == 5
    taken(one, sent(one, tally("uuid:3", edits="uuid:1", found=FOUND, on="2026-03-06")))
    assert (_figures(north).screened, _figures(north, date(2026, 3, 6)).screened) == (1, 4)
    assert not may_read(one)
    with pytest.raises(NotYourRole):
        surveys.enter_day(
            of=of, at_post=north, on=date(2026, 3, 7), figures=figures(), by=one, at=AT
        )


def test_a_first_responder_of_another_agency_counts_for_no_round(db, acting):
    tally_version()
    _by, _of, north = _round()
    stranger = officer()
    assert taken(stranger, sent(stranger, tally(found=FOUND))).why == "no_round"
    assert _figures(north) is None


def test_a_deportee_asked_with_the_shipped_form_is_counted_on_the_day(db, acting):
    by = registrar()
    made, planner = frame(statistician(), worked_by=by.agency), statistician()
    of = planned_round(made, posts(made, ("Poipet", "South"), by=planner), by=planner)
    said = {"post": "poipet", "on": ON.isoformat(), "reached": "agreed", "grade": "strong"}
    sender = officer(at=by.agency)
    row = taken(sender, sent(sender, answered("deportee_surveillance", said)))
    assert (row.state, row.became, row.why) == ("done", ["counted"], "")
    counted = _figures(of.posts.get(post__name="Poipet"))
    assert (counted.approached, counted.screened, counted.strong) == (1, 1, 1)


def answered(form_id, said):
    """Return a shipped form with these answers by name, as a phone sends it; no other answers."""
    content = instrument_text(form_id).encode()
    author = officer(Role.ADMINISTRATOR)
    version = forms.add_version(content, f"{form_id}.md", by=author, at=NOW)
    tree = ElementTree.fromstring(version.xform)
    root = tree.find("{*}head/{*}model/{*}instance")[0]
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        element.text = "uuid:asked" if name == "instanceID" else said.get(name)
    return ET.tostring(root)


def _add_up(*several):
    return sum(sum(each != "missed" for each in found) for found in several)


@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.permutations([0, 1, 2, 0, 1, 2]), st.booleans())
def test_in_any_order_and_however_often_the_day_is_the_same(db, acting, order, with_edit):
    from django.db import transaction

    several = [FOUND, ("none", "none"), ("unclear",)]
    with transaction.atomic():
        tally_version()
        by, _of, north = _round()
        forms = [sent(by, tally(f"uuid:{n}", found=found)) for n, found in enumerate(several)]
        if with_edit:
            forms.append(sent(by, tally("uuid:e", edits="uuid:0", found=("strong",))))
            several = [("strong",), *several[1:]]
        for place in [*order, len(forms) - 1, 0]:
            taken(by, forms[place])
        assert _figures(north).screened == _add_up(*several)
        assert _figures(north).refused == 6
        transaction.set_rollback(True)
    assert NOW
