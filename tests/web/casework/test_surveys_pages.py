"""The pages of surveys."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mekhala.population.surveys import services
from mekhala.population.surveys.models import DayTally, Round, SamplingFrame
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_surveys import (
    AT,
    FIRST,
    csv_of,
    entered,
    figures,
    frame,
    planned_round,
    posts,
    statistician,
    survey,
)

TYPED = {
    "approached": 48, "refused": 5, "missed": 3, "screened": 40, "strong": 4, "some": 6,
    "none": 30, "unclear": 0,
}  # fmt: skip


@pytest.fixture
def planned(client, db):
    by, made, at = survey()
    client.force_login(by)
    return by, made, at


@pytest.fixture
def worked(planned):
    """Ten days at two posts in a first round, and a second round with another version."""
    by, made, at = planned
    for n in range(5):
        for post in at.values():
            counted = figures(40, strong=n, some=6)
            entered(made, post, FIRST + timedelta(days=n), counted, by=by)
    later = planned_round(
        made.frame, [p.post for p in at.values()], by=by, name="Round of autumn",
        begins_on=FIRST + timedelta(days=10), tool_version="2",
    )  # fmt: skip
    for post in later.posts.all():
        entered(later, post, later.begins_on, by=by)
    return by, made, later


def _words(response):
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def _seen(client, made, at_post, on=FIRST):
    return client.get(f"/surveys/{made.pk}/days/{at_post.pk}/{on}/")


def test_an_empty_list_says_so(client, db):
    client.force_login(statistician())
    assert "No survey has been planned yet" in _words(client.get("/surveys/"))


def test_a_frame_a_post_and_a_round_are_made_on_the_pages(client, db):
    by = statistician()
    client.force_login(by)
    told = {
        "survey": "Invented", "name": "A", "population": "People sent back", "place": "Gate",
        "not_covered": "Whoever came by night", "size": "900", "size_source": "",
        "worked_by": by.agency_id,
    }  # fmt: skip
    wrong = client.post("/surveys/frames/new/", told)
    assert wrong.status_code == 422
    assert "expected where the size of the frame is from" in _words(wrong)
    assert "Whoever came by night" in _words(wrong)
    page = client.post("/surveys/frames/new/", told | {"size_source": "register"}).url
    client.post(f"{page}posts/new/", {"name": "North", "frequency": "2.5", "size": ""})
    post = SamplingFrame.objects.get().posts.get()
    planned = {
        "name": "One", "begins_on": "2026-03-02", "ends_on": "2026-03-29", "tool": "Signs",
        "tool_version": "1", "definition": "Strong: two", "design": "cluster", "method": "All",
    }  # fmt: skip
    none = client.post(f"{page}rounds/new/", planned)
    assert "no day is planned" in _words(none)
    done = client.post(f"{page}rounds/new/", planned | {f"days_{post.pk}": "4"})
    assert done.url == f"/surveys/{Round.objects.get().pk}/"
    assert "2.5" in _words(client.get(page))
    assert 'value="Signs"' in client.get(f"{page}rounds/new/").text


def test_a_round_shows_each_share_with_interval_and_who_is_not_covered(client, worked):
    words = _words(client.get(f"/surveys/{worked[1].pk}/"))
    assert "Strong or some indications: 20.0 % (" in words
    assert "interval of 95 %" in words
    assert (
        words.count("Whoever crossed by night or by the river") == 4
    )  # the frame, two shares, the trend
    assert "Days at posts: 10 worked of 20 planned; posts: 2 of 2" in words
    assert "design effect" in words
    assert "Screened, as a share of the frame: 8.0 %" in words


def _of_design(by, made, at, design):
    of = planned_round(made.frame, [p.post for p in at.values()], by=by, design=design)
    for post in of.posts.all():
        entered(of, post, by=by)
    return of


@pytest.mark.parametrize(
    ("design", "missing"),
    [
        ("stratified", "how many people come on an open day is not known for each post"),
        ("time_location", "how often people come is not known for each post"),
        ("two_phase", "of one grade fewer than two people were examined again"),
    ],
)
def test_a_round_says_what_its_design_lacked_and_that_all_count_the_same(
    client, planned, design, missing
):
    words = _words(client.get(f"/surveys/{_of_design(*planned, design).pk}/"))
    assert missing in words
    assert "Everybody counts the same, and who was found" in words
    assert "Were everybody to count the same" not in words


def test_a_round_weighted_by_visits_says_so_and_shows_the_share_without_it(client, planned):
    by, _made, _at = planned
    often = frame(by)
    at = posts(often, by=by, frequency=2)
    of = planned_round(often, at, by=by, design="time_location")
    for post in of.posts.all():
        entered(of, post, by=by)
    words = _words(client.get(f"/surveys/{of.pk}/"))
    assert "Who comes more often is met more often" in words
    assert "Were everybody to count the same: 25.0 % (" in words
    assert "What is missing" not in words


def test_the_share_of_both_phases_stands_before_each_grade(client, planned):
    by, made, at = planned
    of = planned_round(made.frame, [p.post for p in at.values()], by=by, design="two_phase")
    again = {"strong_examined": 4, "strong_confirmed": 3, "some_examined": 6, "some_confirmed": 2,
             "none_examined": 10, "none_confirmed": 1}  # fmt: skip
    entered(of, of.posts.first(), counted=figures(**again), by=by)
    words = _words(client.get(f"/surveys/{of.pk}/"))
    both = words.index("Confirmed, over both phases: 20.0 % (")
    assert both < words.index("Strong indications: 10.0 %") < words.index("Second phase: examined")
    assert "Design effect" in words[both : words.index("Not covered:", both)]
    assert "is alike" not in words[both : words.index("Not covered:", both)]
    assert "40 people were screened, 20 of them examined again and 6 of these confirmed." in words


def test_who_does_not_enter_reads_that_hidden_days_are_taken_together(client, planned):
    by, made, at = planned
    for n, strong in enumerate((3, 4, 20)):
        counted = figures(90, strong, 30, refused=20, missed=0)
        entered(made, at["North"], FIRST + timedelta(days=n), counted, by=by)
    said = "Days that are withheld from you are taken together"
    assert said not in _words(client.get(f"/surveys/{made.pk}/"))
    client.force_login(statistician())
    assert said in _words(client.get(f"/surveys/{made.pk}/"))


def test_no_line_joins_rounds_that_count_differently_and_the_page_says_why(client, worked):
    by, made, later = worked
    page = client.get(f"/surveys/{made.pk}/")
    svg = page.text.split("<svg")[-1].split("</svg>")[0]
    assert "counted differently" in svg
    assert 'stroke-width="2"></line>' not in svg
    assert "another version of the questionnaire" in _words(page)
    like = planned_round(
        made.frame, [p.post for p in later.posts.select_related("post")], by=by, tool_version="2",
        begins_on=FIRST + timedelta(days=20),
    )  # fmt: skip
    entered(like, like.posts.first(), like.begins_on, by=by)
    joined = client.get(f"/surveys/{made.pk}/").text
    assert joined.split("<svg")[-1].count('stroke-width="2"></line>') == 1
    assert "Counted like the round before" in joined


@pytest.mark.parametrize("page", ["", "days/", "days/new/", "days/upload/"])
def test_a_page_takes_few_queries(client, worked, django_assert_max_num_queries, page):
    with django_assert_max_num_queries(12):
        assert client.get(f"/surveys/{worked[1].pk}/{page}").status_code == 200


def test_the_lists_take_few_queries(client, worked, django_assert_max_num_queries):
    for page in ("/surveys/", f"/surveys/frames/{worked[1].frame_id}/"):
        with django_assert_max_num_queries(12):
            words = _words(client.get(page))
        assert "Round of autumn" in words
        assert " %" not in words


def test_a_day_is_entered_on_the_page_and_what_does_not_add_up_is_told(client, planned):
    _by, made, at = planned
    page = f"/surveys/{made.pk}/days/new/"
    day = {"post": at["North"].pk, "on": "2026-03-02"} | TYPED
    wrong = client.post(page, day | {"some": 7})
    assert wrong.status_code == 422
    assert "Screened – is 40, but the four grades add up to 41" in _words(wrong)
    assert 'value="7"' in wrong.text
    outside = client.post(page, day | {"on": "2026-02-01"})
    assert "is no day of this round yet; expected 2026-03-02 to" in _words(outside)
    assert client.post(page, day).status_code == 302
    assert "This post has figures for this day" in _words(client.post(page, day))
    assert DayTally.objects.count() == 1


def test_an_empty_field_is_not_counted_and_not_zero(client, planned):
    _by, made, at = planned
    day = {"post": at["North"].pk, "on": "2026-03-02"} | TYPED
    client.post(f"/surveys/{made.pk}/days/new/", day | {"refused": "", "approached": ""})
    assert DayTally.objects.get().refused is None
    assert "not counted" in _words(client.get(f"/surveys/{made.pk}/days/"))


def test_the_second_phase_is_asked_only_where_there_is_one(client, planned):
    by, made, at = planned
    assert "examined again" not in client.get(f"/surveys/{made.pk}/days/new/").text
    posts = [p.post for p in at.values()]
    two = planned_round(made.frame, posts, by=by, design="two_phase")
    page = f"/surveys/{two.pk}/days/new/"
    assert "examined again" in client.get(page).text
    day = {"post": two.posts.first().pk, "on": "2026-03-02"} | TYPED
    client.post(page, day | {"strong_examined": 4, "strong_confirmed": 3})
    assert "Strong indications 4 3 75.0 %" in _words(client.get(f"/surveys/{two.pk}/"))
    words = _words(_seen(client, two, two.posts.first()))
    assert "Strong indications: 3 of 4 examined again were confirmed" in words


def test_a_correction_keeps_what_stood_there_before_and_says_why(client, planned):
    by, made, at = planned
    day = entered(made, at["North"], by=by)
    form = TYPED | {"strong": 5, "none": 29, "seen": day.pk}
    address = f"/surveys/{made.pk}/days/{at['North'].pk}/{FIRST}/"
    assert client.post(address, form).status_code == 422  # no reason given
    assert client.post(address, form | {"reason": "graded_again"}).status_code == 302
    words = _words(_seen(client, made, at["North"]))
    assert re.search(r"2 \(holds\) .* Forms were graded again .* First entry", words)
    late = client.post(address, form | {"reason": "mistyped", "strong": 6, "none": 28})
    assert "Another officer recorded this a moment ago" in _words(late)


def test_a_day_is_taken_back_by_who_has_seen_it_as_it_is(client, planned):
    by, made, at = planned
    day = entered(made, at["North"], by=by)
    address = f"/surveys/{made.pk}/days/{at['North'].pk}/{FIRST}/take-back/"
    services.correct_day(of=made, seen=day, figures=figures(41), reason="mistyped", by=by, at=AT)
    late = client.post(address, {"seen": day.pk})
    assert (late.status_code, DayTally.objects.count()) == (422, 2)
    client.post(address, {"seen": DayTally.objects.latest("version").pk})
    assert "counts for nothing" in _words(_seen(client, made, at["North"]))
    assert "No day has been entered yet" in _words(client.get(f"/surveys/{made.pk}/"))


def _file(text, **more):
    return {"file": SimpleUploadedFile("days.csv", text.encode()), **more}


def test_a_file_is_looked_at_and_then_loaded(client, planned):
    _by, made, _at = planned
    page, text = f"/surveys/{made.pk}/days/upload/", csv_of(("North", FIRST, figures()))
    look = client.post(page, _file(text, check="1"))
    assert "1 new days with 40 people screened" in _words(look)
    assert not DayTally.objects.exists()
    done = client.post(page, _file(text), follow=True)
    assert "1 days added with 40 people screened, 0 as they were." in _words(done)
    wrong = client.post(page, _file(csv_of(("West", FIRST, figures()))))
    assert "days.csv: row 2, column post: 'West' is no post of this round" in _words(wrong)


def test_a_closed_round_offers_no_day_to_enter(client, planned):
    _by, made, at = planned
    client.post(f"/surveys/{made.pk}/close/")
    page = client.get(f"/surveys/{made.pk}/").text
    assert "Closed" in page
    assert "Enter a day" not in page
    day = {"post": at["North"].pk, "on": "2026-03-02"} | TYPED
    assert "This round is closed" in _words(client.post(f"/surveys/{made.pk}/days/new/", day))


def test_a_small_day_is_never_shown_to_who_does_not_enter_it(client, planned):
    by, made, at = planned
    entered(made, at["North"], FIRST, figures(17, strong=7, some=8, refused=0, missed=0), by=by)
    entered(made, at["South"], FIRST, figures(333, strong=40, some=50, refused=22, missed=0), by=by)
    own = _words(client.get(f"/surveys/{made.pk}/days/"))
    assert "North 17 0 0 17 7 8" in own
    client.force_login(statistician())
    days, page = (client.get(f"/surveys/{made.pk}/{part}") for part in ("days/", ""))
    assert "North withheld withheld" in _words(days)
    assert "South withheld" in _words(days)  # else the total of the round would tell the other
    assert "350" in _words(page)
    assert _seen(client, made, at["North"]).status_code == 404
    for hidden in (" 17 ", " 333 "):
        assert hidden not in _words(page) + _words(days)


@pytest.mark.parametrize("role", [Role.FIRST_RESPONDER, Role.AUTHORITY, Role.ADMINISTRATOR])
def test_for_other_roles_there_are_no_surveys(client, worked, role):
    client.force_login(officer(role, at=worked[0].agency))
    for page in ("/surveys/", f"/surveys/{worked[1].pk}/", f"/surveys/{worked[1].pk}/days/new/"):
        assert client.get(page).status_code == 404


def test_a_registrar_enters_for_the_own_agency_and_plans_nothing(client, planned):
    by, made, at = planned
    client.force_login(officer(Role.REGISTRAR, at=by.agency))
    assert "New round" not in client.get(f"/surveys/{made.pk}/").text
    assert client.post(f"/surveys/{made.pk}/close/").status_code == 404
    day = {"post": at["North"].pk, "on": "2026-03-02"} | TYPED
    assert client.post(f"/surveys/{made.pk}/days/new/", day).status_code == 302
    client.force_login(officer(Role.REGISTRAR))
    assert client.get(f"/surveys/{made.pk}/").status_code == 404
    assert "No survey has been planned yet" in _words(client.get("/surveys/"))


def test_what_is_no_day_is_not_there(client, planned):
    _by, made, at = planned
    for on in ("2026-03-02", "yesterday", "2026-99-99"):
        assert _seen(client, made, at["North"], on).status_code == 404
    assert client.get("/surveys/999999999999999999999/").status_code == 404
    assert client.get(f"/surveys/{made.pk}/days/99999999999999999999/{FIRST}/").status_code == 404
