"""What the instruments say to answers, by ODK's own engine: unknown is never no, no ends it."""

import json
import subprocess
from pathlib import Path

import pytest

from mekhala.forms.convert import to_xform
from mekhala.forms.instruments import instrument_text
from mekhala.web.assets.build import node_and_npm

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "node_modules" / "@getodk" / "xforms-engine"
pytestmark = pytest.mark.skipif(not ENGINE.exists(), reason="ODK's engine is not installed")

FREE = {"papers_kept": "no", "free_to_leave": "yes", "other_than_told": "no", "pay_kept": "no",
        "threatened": "no", "made_to": "no"}  # fmt: skip
ADULT = {"age_certainty": "known", "age": 30}
UNKNOWN = ("not_known", "not_said")
ASKED = {"safe_to_speak": "yes", "wants_to_speak": "yes"}
CARD = [
    ("do_not_refer", {**ASKED, **ADULT, **FREE}),
    ("unsure", {}),
    ("unsure", {"safe_to_speak": "no"}),
    ("unsure", {"safe_to_speak": "yes", "wants_to_speak": "no"}),
    *[("unsure", {**ASKED, **ADULT, **FREE, sign: said}) for sign in FREE for said in UNKNOWN],
    *[("unsure", {**ASKED, **ADULT, **{k: v for k, v in FREE.items() if k != sign}})
      for sign in FREE],
    *[("refer", {**ASKED, **ADULT, **FREE, sign: said})
      for sign, said in (("free_to_leave", "no"), ("threatened", "yes"), ("made_to", "yes"))],
    *[("unsure", {**ASKED, **ADULT, **FREE, sign: "yes"})
      for sign in ("papers_kept", "other_than_told", "pay_kept")],
    ("refer", {**ASKED, **ADULT, "papers_kept": "yes", "pay_kept": "yes"}),
    ("refer", {**ASKED, **ADULT, "other_than_told": "yes", "pay_kept": "yes"}),
    ("refer", {**ASKED, "age_certainty": "known", "age": 17, **FREE, "papers_kept": "yes"}),
    ("refer", {**ASKED, "age_certainty": "unknown", **FREE, "pay_kept": "yes"}),
    ("refer", {**ASKED, "age_certainty": "disputed", "age": 19, **FREE, "pay_kept": "yes"}),
]  # fmt: skip


def _names(form_id, prefix):
    form = to_xform(instrument_text(form_id).encode(), f"{form_id}.md").form
    return [q.path.split("/")[-1] for q in form.questions if q.path.startswith(f"{prefix}/")]


def _all(prefix, said):
    return dict.fromkeys(_names("checklist", prefix), said)


ACT, MEANS, PURPOSE = (_names("checklist", part) for part in ("act", "means", "purpose"))
CHECKLIST = [
    ("refer", {"is_child": "no", ACT[0]: "yes", MEANS[0]: "yes", PURPOSE[0]: "yes"}),
    ("refer", {"is_child": "yes", ACT[0]: "yes", PURPOSE[0]: "yes"}),
    ("unsure", {"is_child": "no", ACT[0]: "yes", PURPOSE[0]: "yes"}),
    *[("unsure", {"is_child": said, ACT[0]: "yes", **_all("means", "no"), PURPOSE[0]: "yes"})
      for said in UNKNOWN],
    ("do_not_refer", {"is_child": "no", ACT[0]: "yes", **_all("means", "no"), PURPOSE[0]: "yes"}),
    ("do_not_refer", {"is_child": "yes", **_all("act", "no"), PURPOSE[0]: "yes"}),
    ("unsure", {}),
    *[("unsure", {**_all("act", "no"), ACT[-1]: said, PURPOSE[0]: "yes"}) for said in UNKNOWN],
    *[("unsure", {ACT[0]: "yes", **_all("purpose", "no"), PURPOSE[3]: said}) for said in UNKNOWN],
]  # fmt: skip
SCREENING = [{}, *[{"safe_to_speak": "yes", "consent": said} for said in ("yes", "no", *UNKNOWN)],
             {"safe_to_speak": "no"}]  # fmt: skip
CALLS = [{"safe_to_speak": "no"}, {"safe_to_speak": "yes"}]
FOLLOWED = [{"reached": "lost"}, {"reached": "in_person", "safe_to_speak": "yes"},
            {"reached": "in_person", "safe_to_speak": "yes", "consent": "yes"}]  # fmt: skip
NOT_SAFE = ("no", *UNKNOWN)  # only a yes is a yes to speak
STOPPED = [{"wants_to_speak": "yes", "consent": "yes", "agrees_to_talk": "yes",
            "safe_to_speak": said} for said in NOT_SAFE]  # fmt: skip
DECLINED = [{"safe_to_speak": "yes", "wants_to_speak": said, "consent": said,
             "agrees_to_talk": said} for said in NOT_SAFE]  # fmt: skip
ASKS = {"card": "papers_kept", "screening": "age", "identification_short": "urgent_needs",
        "identification_detailed": "urgent_needs", "follow_up": "housing"}  # fmt: skip
LEAVING = [
    {}, {"recruiter": ["agency"]}, {"recruiter": ["agency"], "licence_valid": "not_known"},
    {"recruiter": ["agency"], "licence_valid": "yes", "contract": "yes",
     "contract_understood": "yes", "contract_as_told": "yes", "keeps_papers": "yes"},
]  # fmt: skip


def _known(form_id, tries):
    """Return the tries with the answers only that a form has a question for."""
    form = to_xform(instrument_text(form_id).encode(), f"{form_id}.md").form
    names = {q.path.split("/")[-1] for q in form.questions}
    reached = {"reached": "in_person"} if form_id == "follow_up" else {}
    return [reached | {k: v for k, v in one.items() if k in names} for one in tries]


@pytest.fixture(scope="module")
def said():
    """Return what every form said to its answers, all asked in one run of the engine."""
    asked = {
        "card": [answers for _, answers in CARD],
        "checklist": [answers for _, answers in CHECKLIST],
        "screening": SCREENING, "hotline_call": CALLS, "follow_up": FOLLOWED,
        "pre_departure": LEAVING, "identification_short": [], "identification_detailed": [],
    }  # fmt: skip
    for form_id in ASKS:
        asked[form_id] = [*asked[form_id], *_known(form_id, [*STOPPED, *DECLINED])]
    given = [
        {"form": f, "xform": to_xform(instrument_text(f).encode(), f"{f}.md").text, "tries": tries}
        for f, tries in asked.items()
    ]
    command = [node_and_npm()[0], ROOT / "tests" / "phone" / "answer.mjs"]
    done = subprocess.run(
        command, input=json.dumps(given), check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(zip(asked, json.loads(done.stdout), strict=True))


def test_the_card_answers_by_its_rule_and_unknown_is_never_no(said):
    found = [one["values"]["result"] for one in said["card"]]
    assert found[: len(CARD)] == [result for result, _ in CARD]


def test_the_card_tells_its_answer_and_the_number(said):
    for one in said["card"]:
        told = [name for name in one["asked"] if name.startswith("result_")]
        assert told == [f"result_{one['values']['result']}"]
        assert any("000 · Invented line" in note for note in one["notes"])


def test_who_is_not_safe_or_does_not_want_to_speak_is_asked_nothing_more(said):
    for place in (2, 3):
        asked = said["card"][place]["asked"]
        assert not set(FREE) & set(asked)
        assert "wants_to_go_on" in asked


@pytest.mark.parametrize("form_id", ASKS)
def test_nothing_is_asked_of_who_did_not_say_that_it_is_safe_and_that_they_agree(said, form_id):
    tries = said[form_id][-len(STOPPED) - len(DECLINED) :]
    for one in tries:
        assert ASKS[form_id] not in one["asked"]
    for one in tries[len(STOPPED) :]:
        ending = {"ends", "thanks", "result_unsure"} & set(one["asked"])
        assert ending, "the officer is left without a word how to end"


def test_the_checklist_needs_no_means_of_a_child_and_unknown_is_never_no(said):
    found = [one["values"]["result"] for one in said["checklist"]]
    assert found == [result for result, _ in CHECKLIST]
    assert MEANS[0] in said["checklist"][0]["asked"]
    assert MEANS[0] not in said["checklist"][1]["asked"]


def test_without_a_yes_the_screening_ends_with_thanks_and_the_number(said):
    nothing, yes, *ended = said["screening"]
    assert len(ended) == len(SCREENING) - 2 + len(STOPPED) + len(DECLINED)
    assert "age" not in nothing["asked"]
    assert "thanks" not in nothing["asked"]
    assert {"age", "outcome", "seen"} <= set(yes["asked"])
    assert "thanks" not in yes["asked"]
    for one in ended:
        assert "thanks" in one["asked"]
        assert not {"age", "outcome", "seen", "interview"} & set(one["asked"])
        assert any("000 · Invented line" in note for note in one["notes"])


def test_violence_is_asked_only_of_who_wants_to_speak_of_it_and_last_of_the_person(said):
    yes = said["screening"][1]
    assert "means_force" not in yes["asked"]
    form = to_xform(instrument_text("screening").encode(), "screening.md").form
    paths = [q.path for q in form.questions]
    last = max(n for n, path in enumerate(paths) if path.startswith("interview/"))
    assert paths[last].startswith("interview/hurt/")


def test_a_call_that_is_not_safe_asks_nothing_of_anybody(said):
    unsafe, safe = said["hotline_call"]
    assert not {"topics", "age_band", "papers_kept"} & set(unsafe["asked"])
    assert {"topics", "age_band", "papers_kept"} <= set(safe["asked"])


def test_lost_is_an_answer_of_the_follow_up_and_asks_no_outcome(said):
    lost, reached, agreed = said["follow_up"][: len(FOLLOWED)]
    assert "sign_of_danger" in lost["asked"]
    assert not {"housing", "outcome"} & set(lost["asked"] + reached["asked"])
    assert {"housing", "work", "feels_safe", "outcome"} <= set(agreed["asked"])


def test_what_is_not_known_before_leaving_is_advised_on_like_a_no(said):
    none, agency, unknown, settled = (set(one["asked"]) for one in said["pre_departure"])
    assert "advice_licence" not in none
    assert "advice_contract" in none
    assert "advice_licence" in agency & unknown
    assert not {"advice_licence", "advice_contract", "advice_papers"} & settled
