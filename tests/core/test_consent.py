"""Whether a yes stands: not asked is never yes, the newest counts, taking back wins."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mekhala.core.consent import Said, newest, standing_yes

NOW = datetime(2026, 3, 9, tzinfo=UTC)


def said(answer="given", *, speaker="person", hours=0, number=1, days=30, as_child=False):
    """Return one answer, given so many hours after a first moment."""
    return Said(
        speaker=speaker, answer=answer, at=NOW + timedelta(hours=hours), number=number,
        until=NOW + timedelta(days=days), as_child=as_child,
    )  # fmt: skip


def stands(answers, *, involved=None, days=1):
    return standing_yes(answers, guardian_involved=involved, now=NOW + timedelta(days=days))


answers = st.builds(
    said, st.sampled_from(["given", "refused", "withdrawn"]),
    speaker=st.sampled_from(["person", "guardian", "appointed"]),
    hours=st.integers(0, 3), number=st.integers(1, 9), days=st.integers(0, 4),
    as_child=st.booleans(),
)  # fmt: skip
histories = st.lists(answers, max_size=7, unique_by=lambda a: a.number)
parts = st.sampled_from([None, True, False])


def test_never_asked_is_not_a_yes():
    assert stands([]) is None


@given(histories, parts)
def test_without_a_yes_of_the_person_nothing_stands_whoever_else_said_yes(history, involved):
    others = [a for a in history if not (a.speaker == "person" and a.answer == "given")]
    assert stands(others, involved=involved) is None


@given(histories, parts, st.sampled_from(["person", "guardian", "appointed"]))
def test_taking_back_wins_over_everything_said_until_then_and_at_the_same_instant(
    history, involved, speaker
):
    back = said("withdrawn", speaker=speaker, hours=3, number=0)
    found = stands([*history, back], involved=involved)
    own = newest(a for a in [*history, back] if a.speaker == "person")
    assert found is None or (speaker != "person" and not own.as_child)


@given(histories, parts)
def test_the_order_in_which_answers_are_read_changes_nothing(history, involved):
    assert stands(history, involved=involved) == stands(history[::-1], involved=involved)


@given(histories)
def test_a_guardian_of_whom_it_is_not_known_counts_like_one_who_is_named(history):
    assert stands(history, involved=None) == stands(history, involved=True)


@given(histories, parts)
def test_a_yes_never_outlives_any_yes_it_rests_on(history, involved):
    found = stands(history, involved=involved)
    own = newest(a for a in history if a.speaker == "person")
    assert found is None or NOW + timedelta(days=1) < found.until <= own.until


def test_a_child_and_an_appointed_person_say_yes_together():
    child = said(as_child=True)
    assert stands([child]) is None
    assert stands([child, said(speaker="appointed", number=2, days=9)]).until.day == 18


def test_a_guardian_answers_only_once_it_is_known_that_they_had_no_part():
    both = [said(as_child=True), said(speaker="guardian", number=2)]
    assert [stands(both, involved=i) is not None for i in (None, True, False)] == [0, 0, 1]


def test_the_childs_own_no_is_not_overruled():
    both = [said("refused", as_child=True), said(speaker="appointed", number=2, hours=2)]
    assert stands(both, involved=False) is None
