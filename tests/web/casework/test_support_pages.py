"""Pages of support: a stay and its one button, the way home, notes, and what is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.aftercare import services
from mekhala.pathway.aftercare.codes import Area
from mekhala.pathway.aftercare.models import Note, ReturnHome, Stay
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_help import provider, registrar_with_case, service
from tests.pathway.aftercare.test_stays_and_home import CLEAR


@pytest.fixture
def at(client, acting, db):
    """Return a registrar, her case, a house that helps, and a function that signs in."""
    worker, made = registrar_with_case(age=24, age_certainty="known")
    house = service()
    helper = provider(house)
    open_to(helper, made.number, Purpose.SUPPORT, by=worker)

    def sign_in(who):
        client.force_login(who)
        acting(who)
        return client

    return worker, made, house, helper, sign_in


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_stay_without_a_yes_is_refused_and_leaving_is_one_button(at, acting):
    worker, made, house, _helper, sign_in = at
    browser, page = sign_in(worker), f"/cases/{made.number}/stays/"
    told = {
        "agency": house.agency_id, "kind": "shelter", "basis": "own_consent", "agreed": "no",
        "movement": "free", "began_at": "2026-03-01T10:00",
    }  # fmt: skip
    assert "Without one of them nobody stays" in text(browser.post(f"{page}new/", told))
    assert browser.post(f"{page}new/", told | {"agreed": "yes"}).headers["Location"] == page
    acting(worker)
    stay = Stay.objects.get()
    shown = text(browser.get(page))
    assert "The person left" in shown
    assert f"{page}new/" not in shown
    close = f"/cases/{made.number}/close/"
    told_why = text(browser.post(close, {"because": "help_complete"}))
    assert "notes first that the person left" in told_why
    assert f'href="{page}"' in told_why
    assert shown.count("Long: to be looked at again") == (
        stay.look_again_on <= timezone.localdate()
    )
    assert browser.post(f"{page}{stay.pk}/leave/").headers["Location"] == page
    acting(worker)
    assert Stay.objects.get().left_at is not None
    assert "The person stays in a house" not in text(browser.get(close))


def test_sent_home_too_early_is_refused_until_two_have_answered(at, acting):
    worker, made, _house, helper, sign_in = at
    second = officer(Role.REGISTRAR)
    open_to(second, made.number, Purpose.REGISTRATION, by=worker)
    page = f"/cases/{made.number}/going-home/"
    browser = sign_in(helper)
    browser.post(f"{page}named/", {"kin": "parent", "words": "He took me to the boat."})
    browser = sign_in(worker)
    browser.post(page, CLEAR | {"kin": "parent"})
    shown = text(browser.get(page))
    assert "Nobody is sent home now" in shown
    assert "Something the person told stands in the way" in shown
    day = {"on": str(timezone.localdate())}
    assert "Two officers decide" in text(browser.post(f"{page}gone/", day))
    browser.post(f"{page}propose/", {"reasons": "He was arrested far away."})
    answer = {"agreed": "yes", "reasons": "I visited."}
    assert "belongs to another role" in text(
        sign_in(helper).post(f"{page}answer/", answer)
    ) or "does not answer it" in text(sign_in(worker).post(f"{page}answer/", answer))
    sign_in(second).post(f"{page}answer/", answer)
    assert "The way home is open" in text(browser.get(page))
    browser.post(f"{page}gone/", day)
    acting(second)
    assert ReturnHome.objects.get().gone_on == timezone.localdate()


def test_others_learn_a_yes_or_no_and_never_who_was_named(at):
    worker, made, _house, helper, sign_in = at
    page = f"/cases/{made.number}/going-home/"
    sign_in(worker).post(f"{page}named/", {"kin": "sibling", "words": "Zxq took me."})
    sign_in(worker).post(page, CLEAR | {"kin": "parent"})
    assert "Zxq" in text(sign_in(worker).get(page))
    shown = text(sign_in(helper).get(page))
    assert "Something the person told stands in the way" in shown
    assert "Zxq" not in shown


def test_a_note_is_shown_to_others_once_it_is_shared(at, acting):
    worker, made, _house, helper, sign_in = at
    page = f"/cases/{made.number}/notes/"
    sign_in(helper).post(page, {"words": "Zxq slept well."})
    assert "Zxq" not in text(sign_in(worker).get(page))
    acting(helper)
    share = f"{page}{Note.objects.get().pk}/share/"
    assert sign_in(worker).post(share).status_code == 404
    sign_in(helper).post(share)
    assert "Zxq" in text(sign_in(worker).get(page))
    sign_in(helper).post(share)
    assert "Zxq" not in text(sign_in(worker).get(page))


def test_needs_help_and_stages_are_recorded_on_pages(at, acting):
    worker, made, _house, _helper, sign_in = at
    browser, number = sign_in(worker), made.number
    today = str(timezone.localdate())
    told = dict.fromkeys(Area.values, "not_said") | {"words": "Sleep", "made_on": today}
    assert browser.post(f"/cases/{number}/needs/", told).status_code == 302
    assert "Did not want to say" in text(browser.get(f"/cases/{number}/needs/"))
    help_given = {"need": "health", "agreed": "not_said", "given_on": today}
    assert "only when the person says yes" in text(
        browser.post(f"/cases/{number}/plan/help/", help_given)
    )
    browser.post(f"/cases/{number}/plan/help/", help_given | {"agreed": "yes"})
    browser.post(f"/cases/{number}/plan/", {"goals": "Weave", "agreed_on": today})
    browser.post(f"/cases/{number}/plan/stage/", {"to": "integration", "on": today})
    shown = text(browser.get(f"/cases/{number}/plan/"))
    assert "Integration" in shown
    assert "Health care" in shown


def test_support_is_counted_with_denominators_and_what_is_few_is_hidden(db, acting, client):
    worker = officer(Role.REGISTRAR)
    for n in range(24):
        _first, made = registrar_with_case(age=24, age_certainty="known")
        open_to(worker, made.number, Purpose.REGISTRATION)
        acting(worker)
        begin = timezone.localdate() - timedelta(days=20 + n)
        plan = services.make_plan(made, "Rest", agreed_on=NOW.date(), by=worker, at=NOW)
        day, *_ = services.plan_follow_ups(
            plan, by=worker, at=NOW, counted_from=begin - timedelta(days=100)
        )
        at = timezone.now()
        outcome = "well" if n < 21 else "not_met"
        work = {"work": "paid" if n < 11 else "looking"} if n < 21 else {}
        services.record_follow_up(day, outcome, on=begin, by=worker, at=at, **work)
    client.force_login(worker)
    year = day.due_on.year
    shown = text(client.get(f"/support/figures/{year}/"))
    assert "52 %" in shown  # 11 of 21 who answered
    assert "fewer than 10" in shown
    client.force_login(officer(Role.PROVIDER))
    assert client.get("/support/figures/").status_code == 404
