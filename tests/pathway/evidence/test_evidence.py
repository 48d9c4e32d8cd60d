"""Who held what, what it shows of each element, and a list from which nothing falls silently."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.evidence import custody, errors, queries, services
from mekhala.pathway.evidence.custody import Gap
from mekhala.pathway.evidence.models import (
    Bearing,
    CustodyEntry,
    Disclosed,
    DisclosureList,
    Item,
    ItemFile,
    Move,
)
from mekhala.pathway.justice import services as justice
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import officer, open_to
from tests.builders_evidence import PDF, TAKEN_ON, charged, colleague, item
from tests.builders_justice import ARTICLE, AT, DAYS, court_officer
from tests.builders_reading_quota import as_owner

HOUR = timedelta(hours=1)
NOW = AT + timedelta(days=3)


@pytest.fixture
def trial(db):
    """Return an officer, an accused and a charge."""
    return charged()


def _gaps(found, now=NOW):
    chain = list(CustodyEntry.objects.filter(item=found))
    return [g.gap for g in custody.gaps(chain, taken_on=AT.date(), now=now)]


def test_a_hand_over_takes_two_officers_and_a_whole_chain_has_no_gap(trial):
    court, one, _charge = trial
    found, other = item(court, one), colleague(court, one.proceeding_id)
    services.hand_over(found, to=other, by=court, at=NOW, when=AT + HOUR)
    with pytest.raises(errors.NotHandedToYou):
        services.receive(found, by=court, at=NOW, when=AT + HOUR)
    become(other.pk)
    services.receive(found, by=other, at=NOW, when=AT + 2 * HOUR, seal_whole=True)
    chain = list(CustodyEntry.objects.filter(item=found))
    assert custody.holder(chain) == other.pk
    assert _gaps(found) == []


def test_who_does_not_hold_an_item_cannot_hand_it_on(trial):
    court, one, _charge = trial
    found, other = item(court, one), colleague(court, one.proceeding_id)
    with pytest.raises(errors.SameOfficer):
        services.hand_over(found, to=court, by=court, at=NOW, when=AT)
    become(other.pk)
    with pytest.raises(errors.NotHeldByYou):
        services.hand_over(found, to=court, by=other, at=NOW, when=AT)


def test_a_hand_over_nobody_received_and_a_broken_seal_stand_as_gaps(trial):
    court, one, _charge = trial
    found, other = item(court, one), colleague(court, one.proceeding_id)
    services.hand_over(found, to=other, by=court, at=NOW, when=AT + HOUR)
    assert _gaps(found, now=AT + 2 * HOUR) == []
    assert _gaps(found, now=AT + 26 * HOUR) == [Gap.NOT_RECEIVED]
    become(other.pk)
    services.receive(found, by=other, at=NOW, when=AT + 30 * HOUR, seal_whole=False)
    assert _gaps(found) == [Gap.RECEIVED_LATE, Gap.SEAL_BROKEN]


def test_what_was_taken_in_days_later_has_a_gap_before_it(trial):
    court, one, _charge = trial
    found = item(court, one)
    chain = list(CustodyEntry.objects.filter(item=found))
    first = custody.gaps(chain, taken_on=TAKEN_ON, now=NOW)[0]
    assert first.gap is Gap.TAKEN_IN_LATE
    assert custody.gaps([], taken_on=TAKEN_ON, now=NOW)[0].gap is Gap.NEVER_TAKEN_IN


def test_what_was_sent_out_comes_back_and_entries_are_in_their_order(trial):
    court, one, _charge = trial
    found = item(court, one)
    told = {"by": court, "at": NOW}
    services.send_out(found, outside="laboratory", receipt="L-7", when=AT + 5 * HOUR, **told)
    with pytest.raises(errors.BeforeTheLast):
        services.take_back(found, when=AT + HOUR, **told)
    with pytest.raises(errors.DayToCome):
        services.take_back(found, when=NOW + HOUR, **told)
    services.take_back(found, when=AT + 6 * HOUR, **told)
    with pytest.raises(errors.NotHeldByYou):
        services.take_back(found, when=AT + 7 * HOUR, **told)


MOVES = st.lists(st.tuples(st.sampled_from(Move), st.integers(1, 3)), max_size=7)


@given(MOVES)
def test_a_chain_without_gaps_was_always_moved_by_who_held_it(moves):
    start = datetime(2024, 1, 1, tzinfo=UTC)
    chain = [
        CustodyEntry(pk=n, move=move, by_id=who, at=start + n * HOUR, of_id=n - 1 if n else None)
        for n, (move, who) in enumerate(moves)
    ]
    held = None
    whole = not custody.gaps(chain, taken_on=start.date(), now=start + 7 * HOUR)
    for entry in chain if whole else []:
        if entry.move in (Move.HANDED_OVER, Move.SENT_OUT, Move.GIVEN_BACK):
            assert held == entry.by_id
        held = entry.by_id if entry.move in custody.IN_HAND else held
    assert not whole or chain[0].move == Move.TAKEN_IN


def test_no_line_of_evidence_is_ever_changed(trial):
    court, one, charge = trial
    found = item(court, one)
    services.bear(found, charge, "act", "supports", because="Said.", by=court, at=AT)
    for model in (Item, CustodyEntry, Bearing):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.update(recorded_at=NOW)


def test_the_original_is_sealed_and_opens_byte_for_byte(trial):
    court, one, _charge = trial
    found = item(court, one, content=PDF, file_name="paper.pdf")
    assert services.open_file(found, by=court, at=AT).content == PDF
    assert found.file.sha256 == hashlib.sha256(PDF).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("select content from evidence_itemfile")
        assert b"invented" not in bytes(cursor.fetchone()[0])


def test_a_file_of_another_digest_is_refused(trial):
    court, one, _charge = trial
    found = item(court, one, content=PDF, file_name="paper.pdf")
    other = ItemFile(item=found, sha256="0" * 64)
    lies = ItemFile._meta.get_field("content").sealed(other, PDF + b"!")
    as_owner(
        "set constraints all immediate;"
        "alter table evidence_itemfile disable trigger no_change;"
        f"update evidence_itemfile set content = '\\x{lies.hex()}', sha256 = '{'0' * 64}'"
    )
    with pytest.raises(errors.FileAltered):
        services.open_file(found, by=court, at=AT)


def test_only_pictures_and_papers_are_taken(trial):
    court, one, _charge = trial
    for content in (b"MZ program", PDF + bytes(10 * 2**20)):
        with pytest.raises(errors.NotSuchAFile), transaction.atomic():
            item(court, one, content=content, file_name="a.pdf")
    assert not Item.objects.exists()


def test_the_matrix_says_what_supports_what_speaks_against_and_what_is_missing(trial):
    court, one, charge = trial
    said, denied = item(court, one), item(court, one, kind="document")
    told = {"because": "Read.", "by": court}
    assert all(row.is_missing for row in queries.matrix(charge))
    services.bear(said, charge, "act", "supports", at=AT, **told)
    services.bear(denied, charge, "act", "against", at=AT, **told)
    rows = {row.name: row for row in queries.matrix(charge)}
    assert (rows["act"].supports, rows["act"].against) == ([said], [denied])
    assert [row.name for row in rows.values() if row.is_missing] == [n for n in rows if n != "act"]
    services.bear(said, charge, "act", "neither", at=AT + HOUR, **told)
    assert queries.matrix(charge)[0].is_missing
    with pytest.raises(errors.NoSuchElement):
        services.bear(said, charge, "guilt", "supports", at=AT, **told)


def test_an_order_needs_its_day(trial):
    court, one, _charge = trial
    with pytest.raises(errors.BasisWithoutDay):
        item(court, one, basis="undercover")
    item(court, one, basis="undercover", basis_on=date(2024, 2, 1))


def test_what_speaks_against_the_charge_is_left_out_only_with_words_and_stands_on_the_list(trial):
    court, one, charge = trial
    for_it, against = item(court, one), item(court, one, kind="medical_report")
    services.bear(against, charge, "act", "against", because="x", by=court, at=AT)
    told = {"by": court, "at": NOW, "made_on": AT.date()}
    with pytest.raises(errors.ReasonMissing):
        services.disclose(one, left_out={against.pk: ("secret", " ")}, **told)
    made = services.disclose(one, left_out={against.pk: ("secret", "Order 7.")}, **told)
    entries = {e.item_id: e for e in made.entries.all()}
    assert entries.keys() == {for_it.pk, against.pk}
    assert entries[against.pk].speaks_against
    assert entries[against.pk].because == "Order 7."


def _silent_list(one, shown, by):
    with transaction.atomic():
        made = DisclosureList.objects.create(
            number="DL-1", accused=one, made_on=AT.date(), made_by=by, made_at=NOW
        )
        Disclosed.objects.create(listed=made, item=shown, speaks_against=False)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("way", ["weighed_anew", "item_replaced", "charged_anew"])
def test_what_once_spoke_against_a_charge_is_not_left_out_without_words_by_a_later_note(trial, way):
    court, one, charge = trial
    found = item(court, one, kind="medical_report")
    services.bear(found, charge, "act", "against", because="x", by=court, at=AT)
    if way == "weighed_anew":
        services.bear(found, charge, "act", "neither", because="x", by=court, at=AT + HOUR)
    elif way == "item_replaced":
        found = item(court, one, kind="medical_report", replaces=found)
    else:
        justice.withdraw_charge(charge, on=DAYS[2], by=court, at=AT)
        justice.charge(one, charged_on=DAYS[2], by=court, at=AT, **ARTICLE)
    told = {"by": court, "at": NOW, "made_on": AT.date()}
    with pytest.raises(errors.ReasonMissing):
        services.disclose(one, left_out={found.pk: ("secret", " ")}, **told)
    made = services.disclose(one, **told)
    assert made.entries.get(item=found).speaks_against


def test_the_database_refuses_a_list_that_is_silent_about_an_item(trial):
    court, one, _charge = trial
    shown, _silent = item(court, one), item(court, one)
    with pytest.raises(IntegrityError, match="silent about an item"):
        _silent_list(one, shown, court)


def test_what_came_after_the_list_is_told_as_not_listed(trial):
    court, one, _charge = trial
    item(court, one)
    services.disclose(one, by=court, at=NOW, made_on=AT.date())
    late = item(court, one, at=NOW + HOUR)
    assert queries.not_listed_yet(one) == [late]


@pytest.mark.parametrize("purpose", [p for p in Purpose if p != Purpose.JUSTICE])
def test_no_purpose_of_help_opens_a_row_of_evidence(trial, purpose):
    court, one, charge = trial
    found = item(court, one, content=PDF, file_name="a.pdf")
    services.bear(found, charge, "act", "supports", because="x", by=court, at=AT)
    helper = officer(Role.PROVIDER)
    open_to(helper, one.proceeding_id, purpose)
    become(helper.pk)
    for model in (Item, ItemFile, CustodyEntry, Bearing):
        assert not model.objects.exists()


def test_another_court_finds_nothing(trial):
    court, one, _charge = trial
    item(court, one)
    stranger = court_officer()
    assert not Item.objects.exists()
    with pytest.raises(NotOpenToYou):
        item(stranger, one)
