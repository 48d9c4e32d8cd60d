"""What waits for the authority today, in lists that tell nobody's answer; and for the registrar."""

import re
from datetime import timedelta

import pytest

from mekhala.pathway.determination import services
from mekhala.pathway.determination.models import DeterminationFile
from mekhala.web.casework.cases.work import work_of
from mekhala.web.casework.determination.work import work
from tests.builders import NOW, officer
from tests.builders_casework import REFUSED, authority, believed, read, referred, registrar
from tests.builders_reading import refused, signed_in, text, without_means

DAY = timedelta(days=1)


def _lists(reader, at=NOW + DAY):
    return {str(one.title): [t.number for t in one.tasks] for one in work(reader, now=at)}


def test_each_stage_has_its_list_and_the_first_due_stands_first(db, acting):
    readers = authority(4)
    first, second = referred(), referred()
    later = believed(referred(), *readers[:2])
    acting(readers[2])
    services.extend(
        file=first, due_on=first.due_on + 5 * DAY, reason="interpreter", because="None yet.",
        by=readers[2], at=NOW + DAY,
    )  # fmt: skip
    found = _lists(readers[2])
    assert found["To read: reasonable grounds"] == [second.case_id, first.case_id]
    assert found["To read: conclusive grounds"] == []
    found = _lists(readers[2], NOW + 40 * DAY)
    assert found["To read: conclusive grounds"] == [later.case_id]


def test_what_waits_is_told_by_what_it_waits_for(db, acting):
    readers = authority(4)
    waiting, paused, overdue = referred(), referred(), referred()
    recovering = believed(referred(), *readers[:2])
    acting(readers[2])
    by = {"by": readers[2], "at": NOW + DAY}
    services.ask_for_fact(file=waiting, code="means.threat", question="By whom?", **by)
    services.pause(file=paused, reason="health", because="In hospital.", **by)
    for file in (waiting, recovering):
        DeterminationFile.objects.filter(pk=file.pk).update(due_on=(NOW + 90 * DAY).date())
    found = _lists(readers[2], NOW + 26 * DAY)
    assert found["Waiting for facts"] == [waiting.case_id]
    assert found["Paused"] == [paused.case_id]
    assert found["Overdue"] == [overdue.case_id]
    assert found["Time to recover ending within 7 days"] == [recovering.case_id]
    assert found["To read: reasonable grounds"] == [overdue.case_id]


def test_a_further_reader_is_asked_for_without_any_answer(db, acting):
    readers = authority(4)
    file = referred()
    read(file, readers[0])
    read(file, readers[1], REFUSED, differs_because="A family visit.")
    acting(readers[2])
    found = _lists(readers[2])
    assert found["A further reader is needed"] == [file.case_id]
    assert found["To read: reasonable grounds"] == []
    page = text(signed_in(readers[2]).get("/today/"))
    assert "A further reader is needed (1)" in page
    for words in ("A family visit.", "differ", "Not established"):
        assert words not in page.split("<main")[1]


def test_a_reconsideration_is_offered_to_nobody_who_read_it_before(db, acting):
    readers = authority(5)
    old = refused(readers)
    acting(readers[2])
    services.ask_again(
        decision=old, grounds=["guidance"], because="Coercion was left out.", by=readers[2],
        at=NOW + 3 * DAY,
    )  # fmt: skip
    assert _lists(readers[2])["Reconsiderations"] == [old.case_id]
    acting(readers[0])
    assert _lists(readers[0])["Reconsiderations"] == []
    assert old.case_id in text(signed_in(readers[3]).get("/reconsiderations/"))
    assert old.case_id not in text(signed_in(readers[1]).get("/reconsiderations/"))


def test_the_home_page_needs_few_queries_and_says_how_many_there_are(
    db, acting, django_assert_max_num_queries
):
    readers = authority()
    responder = officer()
    for _ in range(12):
        referred(responder)
    client = signed_in(readers[0])
    with django_assert_max_num_queries(12):
        page = text(client.get("/today/"))
    assert "To read: reasonable grounds (12)" in page
    assert "The whole list: To read: reasonable grounds" in page
    assert len(set(re.findall(r"/cases/(MK-[^/]+)/decision/", page))) >= 10
    whole = text(client.get("/to-read/"))
    assert len(set(re.findall(r"/cases/(MK-[^/]+)/decision/", whole))) == 12


@pytest.mark.parametrize(
    "which",
    ["reasonable-grounds", "conclusive-grounds", "further-reader", "again", "waiting", "overdue",
     "recovering", "paused"],
)  # fmt: skip
def test_every_list_has_a_page_of_its_own_that_says_when_it_is_empty(db, which):
    (reader, *_) = authority()
    page = text(signed_in(reader).get(f"/to-read/{which}/"))
    assert "(0)" in page
    assert "<table" not in page


def test_the_lists_of_the_authority_are_there_for_nobody_else(db):
    for who in (officer(), registrar()):
        for page in ("/to-read/", "/to-read/paused/", "/reconsiderations/"):
            assert signed_in(who).get(page).status_code == 404
    (reader, *_) = authority()
    assert signed_in(reader).get("/to-read/strangers/").status_code == 404


def test_a_registrar_is_told_while_a_person_may_still_ask_again(db, acting):
    readers, here = authority(5), registrar()
    old = refused(readers)
    acting(here)
    found = work(here, now=NOW + 29 * DAY)
    assert [(t.number, t.clock_kind) for t in found.tasks] == [(old.case_id, "soon")]
    assert not work(here, now=NOW + 32 * DAY).tasks
    assert found in work_of(here, now=NOW + 29 * DAY)


def test_one_place_in_the_navigation_is_the_present_one(db):
    (reader, *_) = authority()
    page = text(signed_in(reader).get("/cases/find/"))
    main = page.split('aria-label="Main pages"')[1].split("</nav>")[0]
    assert main.count('aria-current="page"') == 1


def test_a_question_without_means_is_on_the_list_as_any_other(db, acting):
    (reader, *_) = authority()
    file = without_means()
    acting(reader)
    assert _lists(reader)["To read: reasonable grounds"] == [file.case_id]
