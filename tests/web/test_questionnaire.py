"""Forms filled in a real browser, whole on one page: ODK's own engine asks and checks."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse

from mekhala.forms import services
from mekhala.forms.instruments import instrument_text
from mekhala.forms.models import Submission
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import survey
from tests.web import filling

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.django_db(transaction=True)


def _add(name, content):
    by = officer(Role.ADMINISTRATOR)
    return services.add_version(content, name, by=by, at=NOW).form.form_id


def _real(shared, name):
    return _add(name, (shared / "data" / "forms" / name).read_bytes())


def _received(who):
    with acting_for(who.pk):
        kept = list(Submission.objects.select_related("version__form"))
        assert all(one.answers for one in kept)  # opened while somebody acts, kept open
        return kept


@pytest.fixture
def card(page):
    return _add("card.md", instrument_text("card").encode())


def test_the_card_is_filled_in_english_and_read_again(page, sign_in, card):
    who = sign_in(officer())
    filling.open_form(page, card)
    filling.choose(page, "In which language do you want to speak?", "Vietnamese")
    filling.choose(page, "Is it safe for you to speak now?", "Yes")
    filling.choose(page, "What do you need right now?", "A doctor")
    filling.choose(page, "What do you need right now?", "A safe place tonight")
    assert filling.send(page)

    (kept,) = _received(who)
    assert kept.answers["card/language"] == "vi"
    assert set(kept.answers["card/urgent_needs"].split()) == {"safe_place", "medical"}
    assert kept.answers["card/signs/papers_kept"] is None
    page.goto(reverse("forms:submission", kwargs={"pk": kept.pk}))
    assert page.get_by_text("A safe place tonight", exact=False).is_visible()
    assert page.troubles == []


def test_the_card_is_filled_in_khmer_on_a_khmer_page(page, sign_in, card):
    who = sign_in(officer(), language="km")
    filling.open_form(page, card)
    assert page.locator("html").get_attribute("lang") == "km"
    filling.choose(page, "តើអ្នកចង់និយាយភាសាអ្វី?", "ខ្មែរ")
    filling.choose(page, "តើឥឡូវនេះអ្នកនិយាយបានដោយសុវត្ថិភាពទេ?", "មែន")
    assert filling.send(page)

    (kept,) = _received(who)
    assert (kept.answers["card/language"], kept.answers["card/safe_to_speak"]) == ("km", "yes")
    page.goto(reverse("forms:submission", kwargs={"pk": kept.pk}))
    assert page.get_by_text("តើអ្នកចង់និយាយភាសាអ្វី?").is_visible()
    assert page.troubles == []


def test_what_does_not_apply_is_not_asked_and_not_sent(page, sign_in, card):
    who = sign_in(officer())
    filling.open_form(page, card)
    filling.choose(page, "Is it safe for you to speak now?", "No")
    assert page.get_by_text("Stop here.").is_visible()
    assert not page.get_by_text("Does somebody else keep your papers").count()
    assert filling.send(page)
    assert "card/signs/papers_kept" not in {k for k, v in _received(who)[0].answers.items() if v}


def test_the_screening_form_is_filled(page, sign_in):
    form_id = _add("screening.md", instrument_text("screening").encode())
    who = sign_in(officer())
    filling.open_form(page, form_id)
    filling.choose(page, "Is it safe for you to speak now?", "Yes")
    filling.choose(page, "Do you agree that I ask you questions", "Yes")
    filling.choose(page, "Was the person recruited, for example offered a job?", "Yes")
    filling.choose(page, "Was the person deceived about the work or the conditions?", "Not known")
    assert filling.send(page, rounds=5)
    (kept,) = _received(who)
    assert kept.answers["interview/recruitment/act_recruitment"] == "yes"
    assert kept.answers["interview/recruitment/means_deception"] == "not_known"
    assert kept.answers["interview/journey/act_transfer"] is None


def test_a_part_filled_twice_is_kept_twice(page, sign_in):
    form_id = _add("invented.md", survey())
    who = sign_in(officer())
    filling.open_form(page, form_id)
    ages = page.locator('[data-name="age"] input')
    ages.fill("7")
    page.get_by_role("button", name="Add another").click()
    ages.nth(1).fill("9")
    assert filling.send(page)
    answers = _received(who)[0].answers
    assert (answers["child[1]/age"], answers["child[2]/age"]) == ("7", "9")


def test_without_a_network_nothing_is_lost_and_sending_again_works(page, sign_in, card):
    who = sign_in(officer())
    filling.open_form(page, card)
    filling.choose(page, "Is it safe for you to speak now?", "Yes")
    page.context.set_offline(True)
    assert not filling.send(page)
    assert "No network" in page.locator("#questionnaire-status").inner_text()
    assert _received(who) == []
    page.context.set_offline(False)
    assert filling.send(page)
    assert _received(who)[0].answers["card/safe_to_speak"] == "yes"


def test_a_refusal_is_shown_in_words_and_the_answers_stay(page, sign_in, card):
    who = sign_in(officer())
    filling.open_form(page, card)
    filling.choose(page, "Is it safe for you to speak now?", "Yes")
    refused = "<OpenRosaResponse><message>Held.</message></OpenRosaResponse>"
    page.route(
        "**/fill/",
        lambda route: route.fulfill(status=409, body=refused, content_type="text/xml"),
    )
    assert not filling.send(page)
    assert page.locator("#questionnaire-status").inner_text() == "Not received. Held."
    page.unroute("**/fill/")
    assert filling.send(page)
    assert len(_received(who)) == 1


def test_the_trafficking_case_form_is_filled(page, sign_in, shared):
    form_id = _real(shared, "htcds_xlsform.xlsx")
    who = sign_in(officer())
    filling.open_form(page, form_id)
    filling.choose(page, "Consent", "Yes")
    assert filling.send(page, rounds=3)
    (kept,) = _received(who)
    assert kept.answers["con_Consent"] == "TRUE"
    assert page.troubles == []


def test_the_form_of_every_question_type_is_answered_and_kept(page, sign_in, shared):
    form_id = _real(shared, "all-widgets.xml")
    who = sign_in(officer())
    filling.open_form(page, form_id)
    left = [name for name in filling.answer_all(page) if name not in filling.SAID_TO_BE_LEFT]
    assert left == []
    page.locator(".mk-question input[type=text]").first.fill("ជំរាបសួរ")
    assert filling.send(page)
    (kept,) = _received(who)
    assert kept.version.version == "2019121101"
    assert "ជំរាបសួរ" in kept.answers.values()
    blank = {name.split("/")[-1] for name, value in kept.answers.items() if not value}
    assert blank <= filling.SAID_TO_BE_LEFT
    with acting_for(who.pk):
        assert kept.attachments.count() == 7
    assert page.troubles == []  # no map, so no tiles from abroad


def test_the_household_survey_of_two_hundred_questions_is_filled(page, sign_in, shared):
    form_id = _real(shared, "RMS_CAPI_v3.xlsx")
    who = sign_in(officer())
    filling.open_form(page, form_id)
    filling.send(page, rounds=5)
    filling.choose(page, re.compile("Do you know the date of birth of"), "No")
    filling.answer(page, "Can you estimate how old is")
    assert filling.send(page, rounds=6)
    (kept,) = _received(who)
    assert sum(value is not None for value in kept.answers.values()) > 100
    assert kept.answers["Part1/S1[1]/age_est"] == "30"
    page.goto(reverse("forms:submission", kwargs={"pk": kept.pk}))
    assert page.locator(".govuk-summary-list__row").count() > 80


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_pages_pass_axe(page, sign_in, card, language):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci brings it")
    sign_in(officer(), language=language)
    filling.open_form(page, card)
    pages = ["list", "submissions"]
    _check(page)
    assert filling.send(page)
    page.locator("tbody a").first.click()
    _check(page)
    for name in pages:
        page.goto(reverse(f"forms:{name}"))
        _check(page)
    page.goto(reverse("forms:versions", kwargs={"form_id": card}))
    _check(page)
    sign_in(officer(Role.ADMINISTRATOR), language=language)
    page.goto(reverse("forms:upload"))
    _check(page)


def _check(page, exclude=None):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    where = json.dumps({"exclude": [exclude]} if exclude else {"include": ["html"]})
    found = page.evaluate(
        f"axe.run({where}).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    assert found == [], page.url
