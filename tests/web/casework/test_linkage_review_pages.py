"""The review page: keyboard or mouse, scripts or none; the second never sees the first answer."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mekhala.core.matching.linker.comparisons import COMPARISONS
from mekhala.core.matching.records import COLUMNS
from mekhala.population.linkage.models import ListRecord
from mekhala.population.linkage.runs import queries, settling
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from mekhala.web.casework.linking import comparing, words
from tests.builders import officer
from tests.builders_linkage_runs import PLANTED, in_review, outcomes, registrar, reviewers, says
from tests.builders_population import statistician
from tests.builders_retention import as_owner
from tests.log import Entry

NONCE = re.compile(r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|value="\d+"|[0-9A-F]{6}')


@pytest.fixture
def run(db):
    return in_review(pairs=3)


@pytest.fixture
def opened(client, run):
    """Return the client of a first reviewer; ``second`` is another one."""
    client.first, client.second = reviewers(run)
    client.force_login(client.first)
    return client


def page_of(client, run):
    return client.get(f"/linkage/review/{run.pk}/")


def answer(client, run, said, **more):
    pair = re.search(r'name="pair" value="(\d+)"', page_of(client, run).text)[1]
    return client.post(
        f"/linkage/review/{run.pk}/answer/", {"pair": pair, "said": said, **more}, follow=True
    )


def test_a_pair_stands_side_by_side_with_what_each_field_weighs(opened, run):
    page = page_of(opened, run).text
    assert "pair 1 of 3" in page
    assert "shelter" in page
    assert page.count("កើវស្រីមុំ") == 2
    assert "The names are the same letter by letter in their script." in page
    assert "Not known on both sides: nothing is learnt and nothing is weighed." in page
    assert "0.7" not in page
    assert "%" not in re.sub(r"<[^>]*>", "", page)  # no likeness in figures


def test_a_place_told_alike_by_words_and_code_stands_there_once():
    record = dict.fromkeys(COLUMNS, "") | {"place_text": "Svay Rieng", "province_code": "20"}
    assert comparing.said("place", record, "en") == ["Svay Rieng"]


def test_the_title_and_the_address_name_nobody(opened, run):
    page = page_of(opened, run)
    assert "<title>Same person?" in page.text
    assert str(run.number) not in re.search("<title>.*?</title>", page.text, re.S)[0]


def test_one_post_answers_and_the_next_pair_comes(opened, run):
    page = answer(opened, run, "same")
    assert page.redirect_chain == [(f"/linkage/review/{run.pk}/", 302)]
    assert "pair 2 of 3" in page.text
    assert "1 done." in page.text


def test_the_second_reads_the_same_page_whatever_the_first_said(client, db):
    pages = []
    for said in ("same", "different", "cannot_tell"):
        run = in_review(pairs=1)
        first, second = reviewers(run)
        says(run, first, said)
        client.force_login(second)
        text = page_of(client, run).text.replace(f"/{run.pk}/", "/n/")
        pages.append(
            NONCE.sub("", text).replace(second.shown_as, "").replace(str(second.agency), "")
        )
    without_mark = [re.sub(r'<p class="watermark.*?</p>', "", p, flags=re.S) for p in pages]
    assert without_mark[0] == without_mark[1] == without_mark[2]


def test_the_last_answers_are_taken_back_on_the_page(opened, run):
    answer(opened, run, "same")
    page = opened.post(f"/linkage/review/{run.pk}/undo/", follow=True).text
    assert "pair 1 of 3" in page
    assert outcomes(run)[0] == ("open", "")


def test_a_note_with_a_name_is_refused_and_what_was_typed_stays(opened, run):
    page = answer(opened, run, "same", note="Qwersomaly again")
    assert page.status_code == 422
    assert "Say it without" in page.text
    assert "Qwersomaly again" in page.text
    assert outcomes(run)[0] == ("open", "")


def test_the_keys_can_be_turned_off(opened, run):
    assert "data-review-keys" in page_of(opened, run).text
    page = opened.post(f"/linkage/review/{run.pk}/keys/", follow=True).text
    assert "data-review-keys" not in page
    assert "aria-keyshortcuts" not in page


def test_a_pause_leaves_the_names_and_keeps_what_was_answered(opened, run):
    answer(opened, run, "same")
    page = opened.post(f"/linkage/review/{run.pk}/pause/", follow=True).text
    assert "Paused" in page
    assert not [name for name in PLANTED if name in page]


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.STATISTICIAN, Role.REGISTRAR)])
def test_for_other_roles_there_is_no_review(client, run, role):
    client.force_login(officer(role))
    addresses = ("/linkage/review/", f"/linkage/review/{run.pk}/", "/national/funnel/")
    assert {client.get(address).status_code for address in addresses} == {404}


def test_who_is_not_named_finds_no_pair_and_no_run_of_others(client, run):
    for who in (registrar(), statistician(), run.asked_by):
        client.force_login(who)
        assert page_of(client, run).status_code == 404
        assert client.post(f"/linkage/review/{run.pk}/answer/", {"said": "same"}).status_code == 404
        assert "No run is open to you for review yet" in client.get("/linkage/review/").text


def test_each_look_is_noted_by_numbers(opened, run):
    page_of(opened, run)
    entry = Entry.objects.get(act="linkage.pair_shown")
    assert (entry.subject, entry.by, set(entry.details)) == (run.number, opened.first.pk, {"pair"})


def test_where_a_record_cannot_be_read_the_page_says_what_agrees(opened, run, acting, settings):
    acting(run.asked_by)
    page_of(opened, run)
    settings.KEYS_SOCKET = "nowhere"
    page = page_of(opened, run).text
    assert "cannot be read here" in page
    for word in ("agrees", "cannot compare"):
        assert word in page
    assert not [name for name in PLANTED if name in page]


def test_two_hundred_pairs_are_answered_within_the_budget_of_a_page(client, db):
    run = in_review(pairs=200)
    (who,) = reviewers(run, 1)
    client.force_login(who)
    pair = _pair(page_of(client, run))
    for _n in range(199):
        with _within_the_budget():
            client.post(f"/linkage/review/{run.pk}/answer/", {"pair": pair, "said": "different"})
        with _within_the_budget():
            pair = _pair(page_of(client, run))
    assert len(outcomes(run)) == 200
    assert {state for state, _said in outcomes(run)} == {"one", "open"}


@contextmanager
def _within_the_budget():
    """Twelve statements at most; that the session is kept now and then hangs on the clock."""
    with CaptureQueriesContext(connection) as asked:
        yield
    own = [q["sql"] for q in asked if "django_session" not in q["sql"]]
    assert len([sql for sql in own if "SAVEPOINT" not in sql]) <= 12


def _pair(page):
    return re.search(r'name="pair" value="(\d+)"', page.text)[1]


def test_every_level_of_the_linker_has_words_in_the_readers_language():
    known = {(c.field, level.code) for c in COMPARISONS for level in c.levels}
    assert known <= words.LEVELS.keys()
    assert {c.field for c in COMPARISONS} <= words.FIELDS.keys()


@pytest.fixture
def settled(run):
    for said in ("same", "same", "different"):
        for who in reviewers(run, 2):
            says(run, who, said)
    with acting_for(run.asked_by_id):
        acts.close_review(run, leave_rest=True, by=run.asked_by, at=timezone.now())
    return settling.settle_now(run, at=timezone.now())


def test_a_statistician_names_reviewers_and_closes_on_the_page_of_the_run(client, run):
    who = registrar()
    client.force_login(run.asked_by)
    address = f"/linkage/runs/{run.pk}/"
    named = client.post(f"{address}reviewers/", {"username": who.username}, follow=True)
    assert who.shown_as in named.text
    assert "Pairs still wait" in client.post(f"{address}close/", follow=True).text
    closed = client.post(f"{address}close/", {"leave_rest": "on"}, follow=True).text
    assert "The review is closed" in closed
    assert "No statistician or registrar" in client.post(
        f"{address}reviewers/", {"username": officer(Role.JUSTICE).username}
    ).text  # fmt: skip


def test_the_page_of_a_run_costs_few_queries(client, settled, django_assert_max_num_queries):
    client.force_login(settled.asked_by)
    with django_assert_max_num_queries(12):
        page = client.get(f"/linkage/runs/{settled.pk}/").text
    assert "stay inside" in page
    assert client.get(f"/linkage/runs/{settled.pk}/people.csv").status_code == 404
    with django_assert_max_num_queries(12):
        client.get("/national/funnel/")


def test_the_records_of_a_person_stand_side_by_side_with_their_lists(client, settled, acting):
    acting(settled.asked_by)
    [(person, _lists), *_others] = queries.people_of(settled, start=0, count=1)
    client.force_login(settled.asked_by)
    listed = client.get(f"/linkage/review/{settled.pk}/people/").text
    assert "police, shelter" in listed
    assert client.get(f"/linkage/review/{settled.pk}/people/{person}/").status_code == 404
    acting(settled.asked_by)
    who = settled.reviewers.first().officer
    client.force_login(who)
    page = client.get(f"/linkage/review/{settled.pk}/people/{person}/").text
    assert "police, shelter" in page
    assert "កើវស្រីមុំ" in page
    assert Entry.objects.filter(act="linkage.person_shown", by=who.pk).exists()


def test_a_reviewer_comes_from_the_own_page_to_the_settled_people_and_back(client, settled, acting):
    acting(settled.asked_by)
    who = settled.reviewers.first().officer
    client.force_login(who)
    listed = f"/linkage/review/{settled.pk}/people/"
    mine = client.get("/linkage/review/").text
    assert f'href="{listed}"' in mine
    assert "No run is open to you for review yet" in mine  # its review is over
    page = client.get(listed).text
    assert "police, shelter" in page
    assert not [name for name in PLANTED if name in page]
    person = re.search(rf'href="({listed}\d+/)"', page)[1]
    assert f'href="{listed}"' in client.get(person).text
    assert 'href="/linkage/review/"' in page
    assert "/linkage/runs/" not in page  # that page is for statisticians


def test_whose_naming_has_ended_finds_neither_the_run_nor_its_people(client, settled, acting):
    acting(settled.asked_by)
    first, second, *_others = settled.reviewers.all()
    client.force_login(settled.asked_by)
    ended = client.post(f"/linkage/runs/{settled.pk}/reviewers/{first.pk}/end/", follow=True).text
    assert "Ended" in ended
    assert f"/reviewers/{second.pk}/end/" in ended
    client.force_login(first.officer)
    assert f"{settled.pk}/people/" not in client.get("/linkage/review/").text
    assert client.get(f"/linkage/review/{settled.pk}/people/").status_code == 404


def test_who_has_another_role_by_now_finds_no_run_and_no_people(client, settled, acting):
    acting(settled.asked_by)
    who = settled.reviewers.first().officer
    person = settling.SettledRecord.objects.order_by("person").first().person
    as_owner(f"update access_officer set role = 'justice' where id = {who.pk}")
    client.force_login(who)
    for rest in ("", "people/", f"people/{person}/"):
        assert client.get(f"/linkage/review/{settled.pk}/{rest}").status_code == 404


def test_the_funnel_draws_gaps_and_hides_small_counts(client, db):
    run = in_review(pairs=60, probability=0.99)
    with acting_for(run.asked_by_id):
        acts.close_review(run, by=run.asked_by, at=timezone.now())
    settling.settle_now(run, at=timezone.now())
    client.force_login(run.asked_by)
    page = client.get("/national/funnel/").text
    assert page.count("no report") > 8
    assert "2019: 15 people" in page
    text = client.get("/national/funnel.csv").text
    assert "2019,15,identified,15,0," in text
    assert "2019,15,reported,,,no_report,,,no report" in text
    assert "2019,15,charged,15,0," in text


@pytest.mark.parametrize("address", ["/linkage/runs/", "/linkage/runs/new/", "/national/funnel/"])
def test_an_empty_page_says_so_in_words(client, db, address):
    client.force_login(statistician())
    assert "yet" in client.get(address).text


def test_no_name_stands_on_a_page_of_counts(client, settled, acting):
    acting(settled.asked_by)
    client.force_login(settled.asked_by)
    for address in ("runs/", f"runs/{settled.pk}/", f"review/{settled.pk}/people/"):
        text = client.get(f"/linkage/{address}").text
        assert not [name for name in PLANTED if name in text]
    assert not ListRecord.objects.filter(record="").exists()
