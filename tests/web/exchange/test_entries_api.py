"""The API of entries about an accused, the chain of custody and the lists for the defence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mekhala.pathway.justice.models import Statement
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.builders_evidence import PDF, charged, colleague, item
from tests.builders_justice import AT, every_entry

READ_OUT = {"of": "statement", "speaker": "accused", "form": "thumbprint", "can_read": False,
            "note": "Invented words."}  # fmt: skip


@pytest.fixture
def full(db):
    return charged()


def test_an_entry_is_recorded_replaced_and_read_with_its_words(call, full):
    court, one, _charge = full
    at = f"/accused/{one.number}/entries"
    status, first = call(court, "post", at, entry=READ_OUT)
    assert (status, first["is_standing"], first["said"]["read_out"]) == (201, True, None)
    later = READ_OUT | {"read_out": True, "read_by": "interpreter"}
    status, second = call(court, "post", at, entry=later, replaces=first["id"])
    assert (status, second["replaces"]) == (201, first["id"])
    listed = call(court, "get", at)[1]
    assert [(e["id"], e["is_standing"]) for e in listed] == [
        (first["id"], False), (second["id"], True),
    ]  # fmt: skip
    assert READ_OUT["note"] not in str(listed)
    assert call(court, "get", f"{at}/statement/{second['id']}")[1]["note"] == READ_OUT["note"]
    assert call(court, "post", at, entry=later, replaces=first["id"])[0] in (409, 422)


def test_every_kind_of_entry_is_told_in_codes(call, full):
    court, one, charge = full
    every_entry(one, court, charge)
    listed = call(court, "get", f"/accused/{one.number}/entries")[1]
    assert {e["of"] for e in listed} == {
        "complaint", "custody", "statement", "counsel", "investigation", "observation", "facts",
        "verdict", "confiscation", "appeal", "release",
    }  # fmt: skip
    assert "A quarrel." not in str(listed)
    status, kept = call(court, "post", f"/accused/{one.number}/entries", entry={
        "of": "verdict", "charge": charge.pk, "instance": "first", "on": "2024-06-05",
        "result": "convicted", "sentence_months": 84, "relied_on": ["confession"]})  # fmt: skip
    assert (status, kept["said"]["article"], kept["said"]["additional"]) == (201, "12", [])


def test_after_an_acquittal_no_earlier_judgment_is_told_as_one_that_stands(call, full):
    court, one, charge = full
    at = f"/accused/{one.number}/entries"
    verdict = {"of": "verdict", "charge": charge.pk, "instance": "first", "on": "2024-06-05",
               "result": "convicted", "sentence_months": 84}  # fmt: skip
    assert call(court, "post", at, entry=verdict)[1]["is_set_aside"] is False
    last = one.steps.last().on
    for days, stage in enumerate(("accused", "convicted_not_final", "acquitted"), start=100):
        day = last + timedelta(days=days)
        answer = call(court, "post", f"/accused/{one.number}/steps", stage=stage, on=f"{day}")
        assert answer[0] == 201, answer
    acquitted = verdict | {"instance": "appeal", "result": "acquitted", "sentence_months": None}
    call(court, "post", at, entry=acquitted)
    listed = [e for e in call(court, "get", at)[1] if e["of"] == "verdict"]
    assert [e["is_set_aside"] for e in listed] == [True, False]
    told = call(court, "get", f"/proceedings/{one.proceeding_id}")[1]["accused"][0]
    assert [step["stage"] for step in told["ladder"]][-2:] == ["set_aside", "acquitted"]
    assert "convicted" not in str(told).lower()


def test_an_appeal_against_an_acquittal_stands_beside_the_acquittal_until_it_is_decided(call, full):
    court, one, _charge = full
    day = one.steps.last().on + timedelta(days=10)
    at, steps = f"/accused/{one.number}/entries", f"/accused/{one.number}/steps"
    for stage in ("accused", "acquitted"):
        assert call(court, "post", steps, stage=stage, on=f"{day}")[0] == 201
    later = f"{day + timedelta(days=90)}"
    assert call(court, "post", steps, stage="convicted_not_final", on=later)[0] == 422
    filed = {"of": "appeal", "judged_on": f"{day}", "filed": True, "filed_by": "prosecutor",
             "filed_on": f"{day + timedelta(days=40)}"}  # fmt: skip
    assert call(court, "post", at, entry=filed)[0] == 201
    told = call(court, "get", f"/proceedings/{one.proceeding_id}")[1]["accused"][0]
    (appeal,) = told["appeals_against_acquittal"]
    assert (told["word"], appeal["by"], appeal["late"]) == ("Acquitted", "prosecutor", True)
    status, step = call(court, "post", steps, stage="convicted_not_final", on=later)
    assert (status, step["word"]) == (201, "Convicted, not final")
    told = call(court, "get", f"/proceedings/{one.proceeding_id}")[1]["accused"][0]
    assert (told["stage"], told["appeals_against_acquittal"]) == ("convicted_not_final", [])


@pytest.mark.parametrize(
    "entry",
    [
        {"of": "statement", "speaker": "accused"}, {"of": "nothing"},
        {"of": "complaint", "made_by": "police", "withdrawn": 0},
        {"of": "facts", "facts": ["act.of_nobody"]},
        {"of": "investigation", "kind": "undercover", "on": "2024-03-01"},
        {"of": "release", "on": "2999-01-01", "why": "judge"},
        READ_OUT | {"read_by": "lawyer"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_kept(call, full, entry):
    court, one, _charge = full
    assert call(court, "post", f"/accused/{one.number}/entries", entry=entry)[0] == 422
    become(court.pk)
    assert not Statement.objects.exists()


def test_an_item_is_handed_over_received_and_sent_out(call, full):
    court, one, _charge = full
    kept = item(court, one, content=PDF, file_name="invented.pdf")
    other = colleague(court, one.proceeding_id)
    at = f"/proceedings/{one.proceeding_id}/evidence/{kept.pk}/moves"
    when = timezone.now().isoformat()
    assert call(court, "post", at, move="handed_over", when=when, to="nobody")[0] == 422
    assert call(court, "post", at, move="handed_over", when=when, to=other.username)[0] == 201
    assert call(court, "post", at, move="received", when=when)[0] == 422
    assert call(other, "post", at, move="received", when=timezone.now().isoformat())[0] == 201
    status, told = call(other, "post", at, move="sent_out", when=timezone.now().isoformat(),
                        outside="laboratory", receipt="L-7", seal_whole=True)  # fmt: skip
    moves = [line["move"] for line in told["chain"]]
    assert (status, moves) == (201, ["taken_in", "handed_over", "received", "sent_out"])


def test_a_list_for_the_defence_is_silent_about_no_item(call, full):
    court, one, _charge = full
    shown, hidden = item(court, one), item(court, one, kind="document")
    at = f"/proceedings/{one.proceeding_id}/evidence-lists"
    list_of = {"accused": one.number, "made_on": AT.date().isoformat()}
    left_out = [{"item": hidden.pk, "why": "pending", "because": "With an expert."}]
    assert call(court, "post", at, **list_of, left_out=[left_out[0] | {"item": "EV-X"}])[0] == 422
    status, made = call(court, "post", at, **list_of, left_out=left_out)
    assert status == 201
    assert {i["item"]: i["left_out"] for i in made["items"]} == {
        shown.pk: "", hidden.pk: "pending",
    }  # fmt: skip
    assert call(court, "get", at)[1] == [made]
    assert "With an expert." not in str(made)


def test_to_every_other_role_and_agency_there_is_nobody_here(call, full):
    court, one, _charge = full
    kept = item(court, one)
    paths = [f"/accused/{one.number}/entries", f"/accused/{one.number}/entries/statement/1",
             f"/proceedings/{one.proceeding_id}/evidence-lists"]  # fmt: skip
    for role in (Role.JUSTICE, Role.PROVIDER, Role.AUTHORITY):
        who = officer(role)
        assert {call(who, "get", path)[0] for path in paths} == {404}
        moved = call(who, "post", f"/proceedings/{one.proceeding_id}/evidence/{kept.pk}/moves",
                     move="came_back", when=timezone.now().isoformat())  # fmt: skip
        listed = call(who, "post", paths[2], accused=one.number, made_on="2026-03-09")
        assert (moved[0], listed[0]) == (404, 404)


def test_a_legal_basis_says_whether_the_law_cited_is_kept(call, full):
    court, one, _charge = full
    at = f"/accused/{one.number}/entries"
    told = {"of": "confiscation", "what": "money", "on": "2024-03-01"}
    for typed, standing in {
        "KH-CPC-2007 Art. 96": "kept", "Civil Procedure Code 2008": "statute_in_no_table",
        "An order": "no_law_cited",
    }.items():  # fmt: skip
        status, kept = call(court, "post", at, entry=told | {"legal_basis": typed})
        assert (status, kept["said"]["law_cited"]) == (201, standing)
    assert call(court, "post", at, entry=told | {"legal_basis": "KH-CPC-2070"})[0] == 422
