"""The safe-contact rule: unknown opens nothing that leaves a worker's hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.determination.letters.delivery import may_be_sent
from mekhala.pathway.determination.models import Channel, LetterKind
from mekhala.pathway.encounter.models import SafeContact, SafeWay

BY_WORKER = {Channel.READ_ALOUD, Channel.ON_PAPER}
answers = st.sampled_from([True, False, None])
contacts = st.none() | st.builds(
    SafeContact, way=st.sampled_from(SafeWay.values), paper_may_be_given=answers,
    guardian_may_know=answers,
)  # fmt: skip


def ways(contact, *, is_known_adult=True, kind=LetterKind.DECISION):
    return set(may_be_sent(kind, contact, is_known_adult=is_known_adult).channels)


def test_never_asked_means_a_worker_reads_it_out_or_hands_it_over():
    assert ways(None) == BY_WORKER
    assert ways(None, is_known_adult=False) == BY_WORKER


@pytest.mark.parametrize(("way", "opened"), [
    ("nothing", set()), ("in_person", set()), ("telephone", {Channel.TELEPHONE}),
    ("trusted_person", {Channel.TRUSTED_PERSON}), ("lawyer", {Channel.LAWYER}),
])  # fmt: skip
def test_each_way_the_person_named_opens_that_way_and_no_other(way, opened):
    assert ways(SafeContact(way=way, paper_may_be_given=True)) - BY_WORKER == opened


def test_who_wants_no_paper_gets_none():
    assert ways(SafeContact(way="in_person", paper_may_be_given=False)) == {Channel.READ_ALOUD}


@given(contacts, st.booleans())
def test_reading_aloud_is_always_open_and_every_answer_has_its_reason(contact, adult):
    found = may_be_sent(LetterKind.DECISION, contact, is_known_adult=adult)
    assert Channel.READ_ALOUD in found.channels
    assert found.because


@given(contacts, st.booleans())
def test_a_guardian_is_told_only_of_a_child_and_only_on_a_yes(contact, adult):
    told = Channel.GUARDIAN in ways(contact, is_known_adult=adult)
    assert told == (not adult and contact is not None and contact.guardian_may_know is True)


@given(contacts, st.booleans())
def test_a_notice_goes_between_offices_and_never_to_the_person(contact, adult):
    assert ways(contact, is_known_adult=adult, kind=LetterKind.NOTICE) == {Channel.BETWEEN_OFFICES}
