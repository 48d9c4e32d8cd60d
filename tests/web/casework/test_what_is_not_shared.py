"""A house reads in words what the person did not agree to share; nothing fails or is blank."""

import pytest
from django.utils import timezone

from mekhala.pathway.aftercare.models import SupportPlan
from mekhala.pathway.encounter.models import SafeContact
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent.models import Answer, DataClass
from mekhala.safeguards.consent.services import record_answer
from tests.builders import NOW, officer, open_to
from tests.log import Entry
from tests.pathway.referral.test_what_acceptance_opens import accepted

NO_NAME = "The person did not agree to share the name with you."
NO_STORY = "The person did not agree to share with you what happened."
NO_PLACE = "The person did not agree to share with you how to be reached."


def _page(client, who, number, page="", verb="get"):
    client.force_login(who)
    answer = getattr(client, verb)(f"/cases/{number}/{page}")
    assert answer.status_code == 200, page
    return answer.content.decode()


def test_a_house_that_was_told_the_needs_reads_what_was_not_shared(client, db):
    request, helper = accepted()
    overview = _page(client, helper, request.case_id)
    assert NO_NAME in overview
    assert NO_STORY in overview
    assert NO_PLACE in overview
    assert "Show name" not in overview
    name = _page(client, helper, request.case_id, "reveal/", "post")
    assert NO_NAME in name
    assert "Qwersomaly" not in name
    assert "No name was kept" not in name
    assert NO_PLACE in _page(client, helper, request.case_id, "safe-contact/")
    assert NO_STORY in _page(client, helper, request.case_id, "plan/")
    assert not Entry.objects.filter(act="identity.shown").exists()


def test_with_a_yes_the_name_is_shown_and_the_words_are_gone(client, db):
    request, helper = accepted(DataClass.WHOLE_FILE)
    overview = _page(client, helper, request.case_id)
    assert "did not agree to share" not in overview
    assert "Show name" in overview
    assert "Qwersomaly" in _page(client, helper, request.case_id, "reveal/", "post")


def test_a_name_taken_back_is_not_shown_at_the_next_look(client, db):
    request, helper = accepted(DataClass.IDENTITY)
    become(request.asked_by_id)
    record_answer(
        request.case_id, recipient=request.service.agency.code, purpose=Purpose.SUPPORT,
        data_class=DataClass.IDENTITY, answer=Answer.WITHDRAWN, by=request.asked_by,
        at=timezone.now(),
    )  # fmt: skip
    assert NO_NAME in _page(client, helper, request.case_id, "reveal/", "post")


def test_other_purposes_are_told_only_that_it_is_not_open(client, db):
    request, _helper = accepted()
    reader = officer(Role.AUTHORITY)
    open_to(reader, request.case_id, Purpose.DETERMINATION, classes=["open", "narrative"])
    overview = _page(client, reader, request.case_id)
    assert "did not agree" not in overview
    assert "Not opened to you: Name and papers." in overview


def test_a_house_keeps_a_plan_and_a_way_to_reach_her_of_its_own(client, db):
    request, helper = accepted()
    number = request.case_id
    told = {"goals": "To sleep.", "agreed_on": "2026-03-09"}
    _page(client, helper, number)
    client.post(f"/cases/{number}/plan/", told)
    client.post(f"/cases/{number}/safe-contact/", {"way": "in_person"})
    become(helper.pk)
    assert SafeContact.objects.filter(asked_by=helper).count() == 1
    assert "This is what you were told yourself." in _page(client, helper, number, "safe-contact/")
    become(helper.pk)
    plan = SupportPlan.objects.filter(made_by=helper).first()
    assert plan is not None
    assert plan.goals == "To sleep."
    assert "To sleep." in _page(client, helper, number, "plan/")


@pytest.mark.parametrize("agreed", [(), (DataClass.STORY,)])
def test_a_plan_made_elsewhere_is_there_with_her_story_and_only_then(client, db, agreed):
    request, helper = accepted(*agreed)
    registrar = officer(Role.REGISTRAR)
    open_to(registrar, request.case_id, Purpose.REGISTRATION, by=request.asked_by)
    become(registrar.pk)
    SupportPlan.objects.create(
        case_id=request.case_id, goals="To learn to sew.", agreed_on=NOW.date(),
        made_by=registrar, made_at=NOW,
    )  # fmt: skip
    page = _page(client, helper, request.case_id, "plan/")
    assert ("To learn to sew." in page) == bool(agreed)
