"""Letters: what they say and never say, who makes, approves and hands them over, and how."""

import hashlib
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from mekhala.pathway.determination import services
from mekhala.pathway.determination.letters import errors, queries
from mekhala.pathway.determination.models import Channel, Letter, LetterLanguage
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_casework import GROUNDS, REFUSED, authority, believed, read, referred, registrar
from tests.builders_letters import DECIDED, REASONS, approved, decided, letter, reached
from tests.log import Entry

LANGUAGES = LetterLanguage.values


def said_in(kept):
    return str(kept.content)


def test_the_letter_has_seven_parts_and_quotes_the_readers_as_they_wrote(db):
    made, board = decided()
    kept = letter(made, board[0])
    assert [part["heading"] for part in kept.content["parts"]] == [
        "What was decided", "What this means for you today", "Why",
        "What was not held against you", "If you think this is wrong", "Who else was told",
        "How we reach each other safely",
    ]  # fmt: skip
    quotes = [b for part in kept.content["parts"] for b in part["blocks"] if b["kind"] == "quote"]
    assert [quote["text"] for quote in quotes] == [REASONS, REASONS]


def test_a_negative_letter_says_until_when_and_how_to_ask_again_and_that_help_goes_on(db):
    made, board = decided("refused")
    said = said_in(letter(made, board[0]))
    assert "until 18 May 2026" in said  # 30 days after 18 April, the day of the decision
    assert "The help you have goes on" in said
    assert "It costs nothing" in said


def test_who_is_believed_on_reasonable_grounds_reads_how_long_there_is_to_rest(db):
    board = authority()
    file = referred()
    asked = believed(file, *board[:2])
    kept = letter(file.case, board[0], at=NOW + timedelta(days=2))
    assert asked.not_before.strftime("%-d %B %Y") in said_in(kept)


def test_of_a_child_the_means_need_not_be_shown(db):
    made, board = decided(age=15, age_certainty="known")
    rows = next(b["rows"] for b in letter(made, board[0]).content["parts"][2]["blocks"]
                if b["kind"] == "rows")  # fmt: skip
    assert "children" in rows[1][1]


@pytest.mark.parametrize("word", [
    "forced labour", "forced_labour", "prostitut", "begging", "deception", "recruitment.",
    "KHM", "120101",
])  # fmt: skip
def test_beside_the_readers_reasons_no_form_of_exploitation_and_no_story(db, word):
    made, board = decided()
    said = said_in(letter(made, board[0])).replace(REASONS, "")
    assert word not in said


def test_no_name_stands_in_a_letter_although_the_vault_knows_one(db):
    made, board = decided(identity={"latin_name": "Zxqwernary Planted"})
    kept = letter(made, board[0])
    assert "Planted" not in said_in(kept)
    assert "carries no name" in said_in(kept)


def test_the_notice_says_received_and_decided_and_never_what(db):
    made, board = decided()
    other, others = decided("refused")
    notices = [letter(made, board[0], kind="notice"), letter(other, others[0], kind="notice")]
    words = [said_in(n).replace(n.case_id, "") for n in notices]
    assert words[0] == words[1]
    assert "received on 9 March 2026" in words[0]
    assert not any(w in words[0] for w in ("Recruited", "established", "believe", "trafficking"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_letter_gives_the_same_bytes_and_its_digest_is_theirs(db, language):
    made, board = decided()
    first = letter(made, board[0], language=language)
    services.withdraw_letter(letter=first, because="Again", by=board[0], at=DECIDED)
    second = letter(made, board[0], language=language)
    assert first.pdf == second.pdf
    assert first.digest == hashlib.sha256(second.pdf).hexdigest()


def test_a_sign_no_font_holds_is_refused_in_a_sentence_and_nothing_is_kept(db):
    board = authority()
    file = referred()
    for reader in board[:2]:
        read(file, reader, reasons="他们欺骗了她。")
    with pytest.raises(errors.CannotBePrinted):
        letter(file.case, board[0], at=NOW + timedelta(days=2))
    assert not Letter.objects.exists()


def test_without_a_decision_there_is_nothing_to_tell(db):
    board = authority()
    file = referred()
    with pytest.raises(errors.NothingDecided):
        letter(file.case, board[0])


def test_a_letter_of_one_kind_and_language_is_made_once(db):
    made, board = decided()
    letter(made, board[0])
    with pytest.raises(errors.LetterStands):
        letter(made, board[1])
    assert letter(made, board[1], language="km").pk


@pytest.mark.parametrize("role", [r for r in Role if r != Role.AUTHORITY])
def test_only_the_authority_makes_letters(db, role):
    made, _board = decided()
    other = officer(role)
    for purpose in Purpose:
        open_to(other, made.number, purpose)
    with pytest.raises(NotYourRole):
        letter(made, other)


def test_who_made_the_letter_does_not_approve_it(db, acting):
    made, board = decided()
    kept = letter(made, board[0])
    with pytest.raises(errors.AnotherApproves):
        services.approve_letter(letter=kept, seen=kept.digest, by=board[0], at=DECIDED)


def test_what_was_not_seen_is_not_approved(db, acting):
    made, board = decided()
    kept = letter(made, board[0])
    acting(board[1])
    with pytest.raises(errors.PreviewNotSeen):
        services.approve_letter(letter=kept, seen="0" * 64, by=board[1], at=DECIDED)


@pytest.mark.parametrize("language", ["km", "th", "vi"])
def test_a_machine_translation_is_approved_only_once_somebody_who_reads_it_read_it(
    db, acting, language
):
    made, board = decided()
    kept = letter(made, board[0], language=language)
    assert not kept.texts_reviewed
    acting(board[1])
    seen = {"letter": kept, "seen": kept.digest, "by": board[1], "at": DECIDED}
    with pytest.raises(errors.LanguageNotChecked):
        services.approve_letter(**seen)
    assert services.approve_letter(**seen, language_checked=True).language_checked


def test_a_letter_is_handed_over_once_after_approval_and_each_act_is_noted(db, acting):
    made, board = decided()
    kept = letter(made, board[0])
    with pytest.raises(errors.NotApproved):
        services.hand_over_letter(letter=kept, how="read_aloud", by=board[0], at=DECIDED)
    acting(board[1])
    services.approve_letter(letter=kept, seen=kept.digest, by=board[1], at=DECIDED)
    given = services.hand_over_letter(letter=kept, how="read_aloud", by=board[1], at=DECIDED)
    assert given.handed_over_how == Channel.READ_ALOUD
    with pytest.raises(errors.AlreadyHandedOver):
        services.hand_over_letter(letter=kept, how="on_paper", by=board[1], at=DECIDED)
    acts = Entry.objects.filter(act__startswith="letters.").values_list("act", flat=True)
    assert sorted(acts) == ["letters.approved", "letters.handed_over", "letters.prepared"]


def test_the_registrar_hands_over_and_who_knows_only_of_first_contact_does_not(db, acting):
    near = registrar()
    made, board = decided()
    kept = approved(made, board)
    first = made.opened_by
    acting(first)
    assert not Letter.objects.exists()
    acting(board[1])  # the row is there, so that the policy and not the database refuses
    with pytest.raises(NotYourRole):
        services.hand_over_letter(letter=kept, how="on_paper", by=first, at=DECIDED)
    acting(near)
    assert services.hand_over_letter(
        letter=kept, how="on_paper", by=near, at=DECIDED
    ).handed_over_at


@pytest.mark.parametrize("how", ["telephone", "trusted_person", "lawyer", "guardian"])
def test_where_nobody_asked_no_way_but_a_workers_hands_is_open(db, acting, how):
    made, board = decided()
    kept = approved(made, board)
    with pytest.raises(errors.NotASafeWay):
        services.hand_over_letter(letter=kept, how=how, by=board[1], at=DECIDED)


def test_what_the_person_said_last_opens_the_way_and_closes_it_again(db, acting):
    made, board = decided()
    kept = approved(made, board)
    reached(made, board[1], "lawyer", paper_may_be_given=True)
    reached(made, board[1], "nothing", paper_may_be_given=False)
    for how in ("lawyer", "on_paper"):
        with pytest.raises(errors.NotASafeWay):
            services.hand_over_letter(letter=kept, how=how, by=board[1], at=DECIDED)
    assert services.hand_over_letter(letter=kept, how="read_aloud", by=board[1], at=DECIDED)


def test_a_letter_whose_decision_was_replaced_is_given_to_nobody(db, acting):
    board = authority(readers=4)
    file = referred()
    asked = believed(file, *board[:2])
    for reader in board[:2]:
        read(asked, reader, REFUSED, differs_because="Not borne out.")
    kept = approved(file.case, board)
    again = services.ask_again(
        decision=kept.decision, grounds=["new_evidence"], because="A pay slip.", by=board[1],
        at=DECIDED,
    )  # fmt: skip
    for reader in board[2:]:
        read(again, reader, "ActualVictimOfTrafficking", days=45)
    with pytest.raises(errors.DecisionReplaced):
        services.hand_over_letter(letter=kept, how="read_aloud", by=board[3], at=DECIDED)
    assert queries.decision_to_tell(file.case_id).replaces == kept.decision


def test_a_letter_of_the_first_stage_is_not_given_once_the_second_is_decided(db):
    board = authority()
    file = referred()
    asked = believed(file, *board[:2])
    kept = approved(file.case, board)
    for reader in board[:2]:
        read(asked, reader)
    with pytest.raises(errors.DecisionReplaced):
        services.hand_over_letter(letter=kept, how="read_aloud", by=board[1], at=DECIDED)


def test_a_letter_is_withdrawn_with_a_reason_and_stays_on_record(db, acting):
    made, board = decided()
    kept = letter(made, board[0])
    with pytest.raises(errors.WithdrawnWithoutReason):
        services.withdraw_letter(letter=kept, because=" ", by=board[0], at=DECIDED)
    services.withdraw_letter(letter=kept, because="Wrong language", by=board[0], at=DECIDED)
    with pytest.raises(errors.LetterWithdrawn):
        services.hand_over_letter(letter=kept, how="read_aloud", by=board[0], at=DECIDED)
    assert Letter.objects.filter(pk=kept.pk).exists()


def test_the_database_lets_nobody_change_what_a_letter_says(db, acting):
    made, board = decided()
    kept = letter(made, board[0])
    for change in ({"content": {}}, {"digest": "0" * 64}, {"pdf": b""}, {"decision_id": 1}):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Letter.objects.filter(pk=kept.pk).update(**change)


def test_a_stranger_makes_no_letter_and_sees_none(db, acting):
    made, board = decided()
    letter(made, board[0])
    stranger = officer(Role.AUTHORITY)
    with pytest.raises(NotOpenToYou):
        letter(made, stranger)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(("spoken", "written"), [
    ("vi", "vi"), ("th-TH", "th"), ("my", "km"), ("", "km"), ("en", "en"),
])  # fmt: skip
def test_a_letter_is_first_offered_in_the_persons_language(db, spoken, written):
    made, _board = decided(language=spoken)
    assert queries.usual_language(made, None) == written


def test_grounds_is_the_first_answer_a_letter_can_tell(db):
    board = authority()
    file = referred()
    believed(file, *board[:2])
    kept = letter(file.case, board[0], at=NOW + timedelta(days=2))
    assert kept.decision.status == GROUNDS
