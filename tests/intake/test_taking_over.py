"""A filled form becomes a case, a screening, a count; twice is once; what does not fit waits."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.forms.models import Submission
from mekhala.intake import queries, services
from mekhala.intake.errors import NothingToMap
from mekhala.intake.models import Taken
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.pathway.encounter.models import Case, Encounter
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.identity.models import Identity
from tests.builders import NOW, agency, officer
from tests.builders_casework import registrar
from tests.builders_intake import MAPPING, sent, taken, talk, talk_version
from tests.log import Entry


def _authority():
    where = agency()
    return [officer(Role.AUTHORITY, at=where) for _each in range(3)]


def test_a_filled_form_becomes_a_case_with_its_meeting_and_its_screening(db, acting):
    talk_version()
    by = officer()
    row = taken(by, sent(by, talk()))
    assert (row.state, row.became) == ("done", ["case", "screening"])
    case = Case.objects.get()
    met, screened = case.encounters.get(), case.screenings.get()
    assert (met.place_code, met.urgent_needs, met.consents_to_go_on) == ("1202", ["safety"], True)
    assert (case.age, case.age_certainty, met.met_at.hour) == (16, "estimated", 2)
    assert screened.answers == {"act.recruitment": True, "act.transfer": None}
    assert screened.indicators == ["exploitation.low_or_no_salary"]
    assert (screened.outcome, screened.because) == ("unsure", "Little was said")
    assert Submission.objects.get().case_number == case.number


def test_taken_over_twice_is_taken_over_once(db, acting):
    talk_version()
    by = officer()
    form = sent(by, talk())
    first, again = taken(by, form), taken(by, form)
    assert first.pk == again.pk
    assert (Case.objects.count(), Screening.objects.count()) == (1, 1)
    assert Entry.objects.filter(act="intake.taken").count() == 1


def test_the_name_goes_to_the_vault_with_the_persons_yes_and_not_else(db, acting):
    talk_version()
    by = officer()
    for said, kept in (("no", 0), ("not_known", 0), ("", 0), ("yes", 1)):
        taken(by, sent(by, talk(f"uuid:{said}", keep_name=said)))
        assert Identity.objects.count() == kept
    assert Taken.objects.filter(became__contains=["name"]).count() == 1


def test_who_says_no_is_counted_and_no_case_is_opened(db, acting):
    talk_version()
    by = officer()
    form = sent(by, talk(goes_on="no"))
    assert taken(by, form).became == ["refusal"]
    assert not Case.objects.exists()
    assert Entry.objects.filter(act="encounter.refused").count() == 1


@pytest.mark.parametrize(
    ("said", "why", "question"),
    [({"goes_on": "not_known"}, "unanswered", "goes_on"),
     ({"goes_on": ""}, "unanswered", "goes_on"),
     ({"place": ""}, "unanswered", "place"), ({"place": "Nowhere"}, "not_understood", "place"),
     ({"needs": "rice"}, "not_understood", "needs"), ({"age": "old"}, "not_understood", "age"),
     ({"age": "400"}, "not_understood", "age"),
     ({"begun_at": "noon"}, "not_understood", "begun_at"),
     ({"advice": None}, "unanswered", "advice")],
)  # fmt: skip
def test_what_cannot_be_read_waits_whole_with_its_question(db, acting, said, why, question):
    talk_version()
    by = officer()
    form = sent(by, talk(**said))
    row = taken(by, form)
    assert (row.state, row.why, row.question) == ("waits", why, question)
    assert not Case.objects.exists()
    assert list(queries.waiting_for(by)) == [row]
    assert Submission.objects.get().answers["note"] is None


def test_where_it_was_not_safe_nothing_is_opened(db, acting):
    talk_version()
    by = officer()
    row = taken(by, sent(by, talk(safe="no", goes_on="", place="")))
    assert (row.state, row.because) == ("nothing", "Not safe")
    assert not Case.objects.exists()


def test_with_the_advice_and_the_persons_yes_it_goes_to_the_authority(db, acting):
    talk_version()
    by = officer()
    form = sent(by, talk(advice="refer"))
    row = taken(by, form)  # there is no authority yet: the case is opened all the same
    assert (row.why, row.refusal, row.became) == ("refused", "NobodyDecides", ["case", "screening"])
    _authority()
    assert "referred" in taken(by, form).became
    assert Case.objects.count() == 1
    assert DeterminationFile.objects.count() == 1
    assert "referred" not in taken(by, sent(by, talk("uuid:2", advice="refer", agrees="no"))).became
    assert DeterminationFile.objects.count() == 1


def test_an_edit_puts_right_what_was_made_and_makes_nothing_twice(db, acting):
    talk_version()
    by = officer()
    taken(by, sent(by, talk()))
    edit = talk("uuid:2", edits="uuid:1", age="19", act_transfer="yes", advice="do_not_refer")
    row = taken(by, sent(by, edit))
    assert row.became == ["case", "screening"]
    case, screened = Case.objects.get(), Screening.objects.get()
    assert (case.age, case.encounters.get().submission.instance_id) == (19, "uuid:2")
    assert (screened.answers["act.transfer"], screened.outcome) == (True, "do_not_refer")
    assert Submission.objects.get(instance_id="uuid:1").case_number == case.number


def test_a_yes_to_the_name_that_is_taken_back_empties_the_vault(db, acting):
    talk_version()
    by = officer()
    taken(by, sent(by, talk(keep_name="yes")))
    row = taken(by, sent(by, talk("uuid:2", edits="uuid:1", keep_name="no")))
    assert "name" not in row.became
    from mekhala.safeguards.identity import services as identities

    number = Case.objects.get().number
    assert identities.show(number, by=by, at=NOW, purpose="first_contact").native_name == ""


def test_what_the_authority_has_is_not_put_right_behind_its_back(db, acting):
    talk_version()
    _authority()
    by = officer()
    taken(by, sent(by, talk(advice="refer")))
    row = taken(by, sent(by, talk("uuid:2", edits="uuid:1", advice="refer", act_transfer="yes")))
    assert (row.state, row.why) == ("waits", "sent_on")
    assert Screening.objects.get().answers["act.transfer"] is None


def _state():
    """Return all that the rooms hold, with numbers drawn by chance left out."""
    return (
        sorted(Case.objects.values_list("age", "sex", "language")),
        sorted(Encounter.objects.values_list("submission__instance_id", "place_code")),
        [(s.submission.instance_id, s.answers, s.indicators, s.outcome, s.because)
         for s in Screening.objects.all()],
        sorted(Taken.objects.exclude(state="waits").values_list("became", "state"))[-1:],
    )  # fmt: skip


CHAIN = {
    "uuid:1": talk(), "uuid:2": talk("uuid:2", edits="uuid:1", age="17", place="0102"),
    "uuid:3": talk("uuid:3", edits="uuid:2", age="18", signs="coercion_at_destination.violence"),
}  # fmt: skip
STEPS = st.tuples(
    st.permutations(list(CHAIN)),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(CHAIN))), max_size=6),
)


@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(steps=STEPS)
def test_in_any_order_and_however_often_the_rooms_end_alike(db, acting, steps):
    from django.db import transaction

    order, takes = steps
    with transaction.atomic():
        talk_version()
        by = officer()
        forms = {}
        for place, instance in enumerate(order):
            forms[instance] = sent(by, CHAIN[instance])
            for _when, which in [take for take in takes if take[0] == place]:
                if which in forms:
                    taken(by, forms[which])
        for form in forms.values():
            taken(by, form)
        cases, meetings, screenings, became = _state()
        assert cases == [(18, "unknown", "")]
        assert meetings == [("uuid:3", "1202")]
        assert [(s[0], s[2]) for s in screenings] == [
            ("uuid:3", ["coercion_at_destination.violence"])
        ]
        assert became == [(["case", "screening"], "done")]
        transaction.set_rollback(True)


@pytest.mark.parametrize("order", list(itertools.permutations(CHAIN)))
def test_an_edit_waits_for_the_answers_it_corrects(db, acting, order):
    talk_version()
    by = officer()
    for instance in order:
        taken(by, sent(by, CHAIN[instance]))
    assert Case.objects.count() == 1
    assert not queries.waiting_for(by).exists()


def test_an_edit_whose_first_answers_never_came_is_taken_by_hand(db, acting):
    talk_version()
    by = officer()
    form = sent(by, CHAIN["uuid:2"])
    assert taken(by, form).why == "earlier_missing"
    assert taken(by, form, without_earlier=True).became == ["case", "screening"]


def test_a_corrected_mapping_takes_what_waited_and_puts_right_what_was_wrong(db, acting):
    wrong = MAPPING.replace('safe_place = "safety"', 'safe_place = "health"')
    version = talk_version(mapping=wrong)
    by, admin = officer(), officer(Role.ADMINISTRATOR)
    one, other = sent(by, talk()), sent(by, talk("uuid:2", place=""))
    taken(by, one), taken(by, other)
    right = MAPPING.replace('question = "place" }', 'question = "place", otherwise = "agency" }')
    services.add_mapping(version, right, file_name="talk.toml", by=admin, at=NOW)
    for form in (one, other, one):
        taken(by, form)
    met = Encounter.objects.order_by("submission__instance_id")
    assert [(e.urgent_needs, e.place_code) for e in met] == [
        (["safety"], "1202"), (["safety"], by.agency.province_code),
    ]  # fmt: skip
    assert Case.objects.count() == 2


def test_held_practised_and_unmapped_answers_become_nothing(db, acting):
    talk_version()
    by = officer()
    sent(by, talk())
    held = sent(by, talk(age="40"))
    practised = sent(by, talk("uuid:2"), is_practice=True)
    for form in (held, practised):
        with pytest.raises(NothingToMap):
            taken(by, form)
    assert not Case.objects.exists()


def test_practice_is_never_put_to_a_case_nor_marked_otherwise(db, acting):
    from django.db import DatabaseError, transaction

    from mekhala.forms import services as forms
    from mekhala.forms.errors import OnlyPractice
    from tests.builders import case

    talk_version()
    by = officer()
    form = sent(by, talk(), is_practice=True)
    with pytest.raises(OnlyPractice):
        forms.link_to_case(form, case_number=case(by).number, by=by, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(pk=form.pk).update(is_practice=False)


def test_another_officer_never_opens_a_second_case_from_the_same_answers(db, acting):
    talk_version()
    where = agency()
    by, colleague = officer(at=where), officer(at=where)
    taken(by, sent(by, talk()))
    edit = sent(colleague, talk("uuid:2", edits="uuid:1", age="30"))
    row = taken(colleague, edit)
    assert (row.state, row.why) == ("waits", "no_case")
    acting(by)
    assert Case.objects.get().age == 16
    assert taken(by, edit).state == "done"
    assert Case.objects.get().age == 30


def test_a_role_that_meets_nobody_takes_nothing_over(db, acting):
    talk_version()
    by = officer()
    form = sent(by, talk())
    with pytest.raises(NotYourRole):
        services.take_in(form, by=officer(Role.STATISTICIAN, at=by.agency), at=NOW)


def test_a_case_the_form_names_gets_the_meeting(db, acting):
    named = MAPPING.replace("[encounter]", '[case]\nnumber = { question = "note" }\n\n[encounter]')
    talk_version(mapping=named.replace('note = "Stays with the answers"', ""))
    by = registrar()
    taken(by, sent(by, talk(note="")))
    number = Case.objects.get().number
    row = taken(by, sent(by, talk("uuid:2", note=number.lower())))
    assert row.became == ["meeting", "screening"]
    assert Case.objects.get().encounters.count() == 2
    assert taken(by, sent(by, talk("uuid:3", note="MK-NOT-MINE"))).why == "no_case"
