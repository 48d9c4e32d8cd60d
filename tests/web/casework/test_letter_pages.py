"""Letters and safe contact, walked through as officers do."""

import pytest
from django.test import Client
from django.urls import reverse

from mekhala.pathway.determination.models import Letter
from mekhala.pathway.encounter.models import SafeContact
from mekhala.safeguards.access.acting import become
from tests.builders import case, officer, open_to
from tests.builders_casework import registrar
from tests.builders_letters import approved, decided, letter, reached
from tests.log import Entry


def page_of(who, name, *args, **posted):
    """Return what ``who`` is shown at an address, posted to where something is told."""
    client = Client()
    client.force_login(who)
    url = reverse(name, args=args)
    return client.post(url, posted, follow=True) if posted else client.get(url)


def text_of(answer):
    return answer.content.decode()


def test_a_letter_is_made_looked_at_approved_by_another_and_given(db):
    made, board = decided()
    number = made.number
    shown = page_of(board[0], "letters:new", number, kind="decision", language="km")
    assert "Machine translation" in text_of(shown)
    assert "អ្វីដែលបានសម្រេច" in text_of(shown)
    assert "another officer of the authority approves it" in text_of(shown)
    become(board[1].pk)
    kept = Letter.objects.get()
    told = {"seen": kept.digest, "has_read": "on"}
    refused = page_of(board[1], "letters:approve", number, kept.pk, **told)
    assert "Somebody who reads the language must read the letter" in text_of(refused)
    done = page_of(board[1], "letters:approve", number, kept.pk, **told, language_checked="on")
    assert "It can be handed over" in text_of(done)
    given = page_of(board[1], "letters:hand_over", number, kept.pk, how="read_aloud")
    assert "Read aloud by a worker on" in text_of(given)
    become(board[1].pk)
    assert Letter.objects.get().handed_over_by == board[1]


def test_what_was_not_read_is_not_approved(db):
    made, board = decided()
    kept = letter(made, board[0])
    shown = page_of(board[1], "letters:approve", made.number, kept.pk, seen=kept.digest)
    assert "Read the letter first" in text_of(shown)
    become(board[1].pk)
    assert Letter.objects.get().approved_at is None


def test_the_page_says_how_a_letter_may_be_given_and_offers_no_other_way(db):
    made, board = decided()
    kept = approved(made, board)
    reached(made, board[1], "lawyer", paper_may_be_given=False)
    shown = text_of(page_of(board[1], "letters:letter", made.number, kept.pk))
    assert "through the lawyer" in shown
    assert 'value="lawyer"' in shown
    assert 'value="on_paper"' not in shown
    page_of(board[1], "letters:hand_over", made.number, kept.pk, how="on_paper")
    become(board[1].pk)
    assert Letter.objects.get().handed_over_at is None


def test_the_paper_is_not_kept_by_the_browser_and_its_name_says_nothing(db):
    made, board = decided()
    kept = letter(made, board[0])
    paper = page_of(board[0], "letters:paper", made.number, kept.pk)
    assert paper.content.startswith(b"%PDF-")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert "no-store" in paper.headers["Cache-Control"]
    assert Entry.objects.filter(act="letters.paper_taken", subject=made.number).exists()


def test_a_letter_of_another_case_is_absent(db):
    made, board = decided()
    kept = letter(made, board[0])
    other, others = decided()
    open_to(others[0], made.number, "determination")
    assert page_of(others[0], "letters:letter", other.number, kept.pk).status_code == 404


def test_who_knows_only_of_first_contact_has_no_letters_and_no_tab_to_them(db):
    made, board = decided()
    letter(made, board[0])
    assert page_of(made.opened_by, "letters:letters", made.number).status_code == 404
    assert "/letters/" not in text_of(page_of(made.opened_by, "cases:overview", made.number))


def test_the_registrar_sees_letters_and_makes_none(db):
    near = registrar()
    made, board = decided()
    approved(made, board)
    shown = text_of(page_of(near, "letters:letters", made.number))
    assert "not yet given" in shown
    assert "Make a letter" not in shown
    assert page_of(near, "letters:new", made.number).status_code == 404


def test_a_withdrawn_letter_says_why(db):
    made, board = decided()
    kept = letter(made, board[0])
    page_of(board[0], "letters:withdraw", made.number, kept.pk, because="Wrong language")
    shown = text_of(page_of(board[0], "letters:letter", made.number, kept.pk))
    assert "Withdrawn on" in shown
    assert "Wrong language" in shown


@pytest.mark.parametrize("at_stage", ["list", "made", "approved"])
def test_the_pages_of_letters_need_few_queries(db, django_assert_max_num_queries, at_stage):
    made, board = decided()
    kept = approved(made, board) if at_stage == "approved" else letter(made, board[0])
    client = Client()
    client.force_login(board[1])
    name = "letters:letters" if at_stage == "list" else "letters:letter"
    args = [made.number] if at_stage == "list" else [made.number, kept.pk]
    with django_assert_max_num_queries(14 + 3):  # a savepoint and its actor: only within a test
        assert client.get(reverse(name, args=args)).status_code == 200


def test_nobody_having_asked_is_said_and_an_answer_is_recorded(db):
    me = officer()
    made = case(me)
    assert "Nobody has asked yet" in text_of(page_of(me, "encounter:safe_contact", made.number))
    told = {"way": "telephone", "hours": "Mornings", "paper_may_be_given": "no"}
    shown = text_of(page_of(me, "encounter:safe_contact", made.number, **told))
    assert "By telephone, spoken to the person alone" in shown
    assert "Mornings" in shown
    become(me.pk)
    assert SafeContact.objects.get().paper_may_be_given is False


def test_of_a_known_adult_no_guardian_is_asked_about_and_nothing_is_chosen_before(db):
    me = officer()
    adult, child = case(me), case(me, age=None, age_certainty="unknown")
    assert "guardian_may_know" not in text_of(page_of(me, "encounter:safe_contact", adult.number))
    shown = text_of(page_of(me, "encounter:safe_contact", child.number))
    assert "guardian_may_know" in shown
    assert " checked" not in shown


def test_a_trusted_person_without_a_role_is_said_in_the_form_and_what_was_typed_stays(db):
    me = officer()
    made = case(me)
    told = {"way": "trusted_person", "words": "Only in the evening"}
    shown = text_of(page_of(me, "encounter:safe_contact", made.number, **told))
    assert "expected the role of the person trusted" in shown
    assert "Only in the evening" in shown


def test_the_page_of_safe_contact_needs_few_queries(db, django_assert_max_num_queries):
    me = officer()
    made = case(me)
    for way in ("nothing", "in_person", "lawyer"):
        reached(made, me, way)
    client = Client()
    client.force_login(me)
    with django_assert_max_num_queries(12 + 3):
        client.get(reverse("encounter:safe_contact", args=[made.number]))
