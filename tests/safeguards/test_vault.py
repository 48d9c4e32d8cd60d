"""The vault: shown to whom it is open, sealed to everybody else, told when it cannot be shown."""

import socket
import subprocess
import threading

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.vault_tampering import tampered
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.identity import datakeys, errors, rewrapping, sealing, services
from mekhala.safeguards.identity.models import DataKey, Identity
from mekhala.safeguards.keys import client
from tests.builders import NOW, case, officer, open_to
from tests.builders_guard import SECRET
from tests.log import Entry

KEY = bytes(range(32))


def keep(who, *, number=None, **details):
    """Keep a name in an invented case of ``who``; return its number."""
    number = number or case(who).number
    become(who.pk)
    services.keep(number, file_number=number, by=who, at=NOW, **details)
    return number


def show(who, number):
    return services.show(number, by=who, at=NOW, purpose="first_contact")


@pytest.fixture
def me(db):
    return officer()


@pytest.fixture
def down(settings, tmp_path):
    """Let the key service be away: nothing listens where it is looked for."""
    settings.KEYS_SOCKET = str(tmp_path / "nobody")
    return settings


def test_what_was_kept_is_shown_and_lies_nowhere_in_clear(me):
    number = keep(me, latin_name=SECRET, native_name="សុខ តេស្ត", phone="012 000 000")
    name = show(me, number)
    assert (name.latin_name, name.native_name, name.phone) == (SECRET, "សុខ តេស្ត", "012 000 000")
    assert name.national_id == ""
    with connection.cursor() as cursor:
        cursor.execute("select i::text || k::text from identity_identity i, identity_datakey k")
        kept = str(cursor.fetchall())
    for word in (SECRET, "012 000 000"):
        assert word not in kept
        assert word.encode().hex() not in kept


def test_what_is_kept_later_leaves_the_other_fields_as_they_are(me):
    number = keep(me, latin_name="Sok Invented", phone="012 000 000")
    keep(me, number=number, phone="")
    keep(me, number=number, national_id="000 invented")
    name = show(me, number)
    assert (name.latin_name, name.phone, name.national_id) == ("Sok Invented", "", "000 invented")
    assert DataKey.objects.count() == 3


def test_to_a_stranger_there_is_no_name_and_no_key(me, acting):
    number = keep(me, latin_name=SECRET)
    stranger = officer(Role.PROVIDER)
    acting(stranger)
    assert show(stranger, number) is None
    assert not DataKey.objects.exists()


def test_a_look_is_noted_and_so_is_a_look_that_was_refused(me, down):
    down.KEYS_SOCKET = ""
    number = keep(me, latin_name=SECRET)
    show(me, number)
    down.KEYS_SOCKET = "nowhere"
    with pytest.raises(errors.NotNow):
        show(me, number)
    noted = Entry.objects.filter(subject=number, act__startswith="identity.").order_by("id")
    assert [(n.act, n.details.get("why")) for n in noted] == [
        ("identity.kept", None), ("identity.shown", None), ("identity.refused", "down"),
    ]  # fmt: skip


def _swap_fields(number, _other):
    row = Identity.objects.get(pk=number)
    row.latin_name, row.phone = row.phone, row.latin_name
    row.save()


def _take_anothers(number, other):
    row, theirs = Identity.objects.get(pk=number), Identity.objects.get(pk=other)
    Identity.objects.filter(pk=number).update(latin_name=theirs.latin_name, phone=row.phone)


def _take_anothers_with_the_key(number, other):
    _take_anothers(number, other)
    key = DataKey.objects.get(subject=other)
    DataKey.objects.filter(subject=number).update(wrapped=key.wrapped)


def _flip(number, _other):
    data = bytearray(Identity.objects.get(pk=number).latin_name)
    data[-1] ^= 1
    Identity.objects.filter(pk=number).update(latin_name=bytes(data))


def _shorten(number, _other):
    data = bytes(Identity.objects.get(pk=number).latin_name)
    Identity.objects.filter(pk=number).update(latin_name=data[:10])


def _flip_the_key(number, _other):
    data = bytearray(DataKey.objects.get(subject=number).wrapped)
    data[20] ^= 1
    DataKey.objects.filter(subject=number).update(wrapped=bytes(data))


def _lose_the_key(number, _other):
    DataKey.objects.filter(subject=number).update(number=99)


CHANGES = (_swap_fields, _take_anothers, _take_anothers_with_the_key, _flip, _shorten,
           _flip_the_key, _lose_the_key)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_in_the_database_is_refused_in_words(me, change):
    number = keep(me, latin_name=SECRET, phone="012 000 000")
    other = keep(me, latin_name="Another Invented", phone="012 000 001")
    change(number, other)
    with pytest.raises(errors.NameDamaged, match="changed outside"):
        show(me, number)


def test_a_name_put_back_from_before_its_correction_is_refused(me):
    number = keep(me, latin_name="Old Invented")
    before = bytes(Identity.objects.get(pk=number).latin_name)
    keep(me, number=number, latin_name="New Invented")
    Identity.objects.filter(pk=number).update(latin_name=before)
    with pytest.raises(errors.NameDamaged):
        show(me, number)


def test_three_hundred_chance_tamperings_are_all_refused():
    assert tampered(300, seed=4) == (300, 0)


@given(st.text(max_size=300), st.sampled_from(["latin_name", "phone"]), st.integers(1, 9999))
def test_every_text_comes_back_as_it_was(text, field, number):
    sealed = sealing.seal(KEY, text, subject="MK-1", field=field, number=number)
    assert sealing.opened({number: KEY}, sealed, subject="MK-1", field=field) == text
    assert not text or (len(sealed) - 32) % sealing.BLOCK == 0


@pytest.mark.parametrize("guard", ["subject", "field", "number"])
def test_with_a_part_left_out_of_what_a_name_is_bound_to_the_theft_succeeds(guard, monkeypatch):
    theft = {"subject": ("MK-2", "phone", 1), "field": ("MK-1", "latin_name", 1),
             "number": ("MK-1", "phone", 2)}[guard]  # fmt: skip
    subject, field, number = theft

    def stolen():
        sealed = sealing.seal(KEY, SECRET, subject="MK-1", field="phone", number=1)
        moved = number.to_bytes(4, "big") + sealed[4:]
        return sealing.opened({number: KEY}, moved, subject=subject, field=field)

    with pytest.raises(sealing.DoesNotOpen):
        stolen()

    def bound(subject, field, number):
        return str({"subject": subject, "field": field, "number": number} | {guard: ""}).encode()

    monkeypatch.setattr(sealing, "_place", bound)
    assert stolen() == SECRET


def test_while_the_service_is_down_a_name_is_kept_sealed_and_shown_once_it_is_back(me, down):
    number = keep(me, latin_name=SECRET)
    row = DataKey.objects.get(subject=number)
    assert row.form == "boxed"
    with pytest.raises(errors.NotNow, match="cannot be shown now"):
        show(me, number)
    down.KEYS_SOCKET = ""
    assert show(me, number).latin_name == SECRET
    row.refresh_from_db()
    assert row.form == "wrapped"
    assert show(me, number).latin_name == SECRET


def test_where_no_service_was_ever_met_nothing_is_kept(me, down, tmp_path):
    down.KEYS_PUBLIC = tmp_path / "absent"
    number = case(me).number
    become(me.pk)
    with pytest.raises(errors.CannotBeKeptNow, match="nothing was kept"):
        services.keep(number, file_number=number, by=me, at=NOW, latin_name=SECRET)
    assert not Identity.objects.exists()


def test_a_service_that_never_answers_counts_as_down(me, down, tmp_path, monkeypatch):
    number = keep(me, latin_name=SECRET)
    monkeypatch.setattr(client, "PATIENCE", 0.1)
    place = tmp_path / "deaf"
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(place))
        deaf.listen()
        down.KEYS_SOCKET = str(place)
        with pytest.raises(errors.NotNow):
            show(me, number)


def test_the_page_says_that_the_name_cannot_be_shown_now_and_nothing_else_breaks(
    me, client, settings
):
    number = keep(me, latin_name=SECRET)
    settings.KEYS_SOCKET = "nowhere"
    client.force_login(me)
    page = client.post(f"/cases/{number}/reveal/")
    assert page.status_code == 200
    assert "cannot be shown now" in page.content.decode()
    assert client.get(f"/cases/{number}/").status_code == 200
    become(me.pk)
    assert Entry.objects.filter(act="identity.refused", subject=number).exists()


def test_the_page_of_a_name_asks_the_database_little(me, client, django_assert_max_num_queries):
    number = keep(me, latin_name=SECRET)
    client.force_login(me)
    with django_assert_max_num_queries(13):  # twelve, and the count of files read
        page = client.post(f"/cases/{number}/reveal/")
    assert SECRET in page.content.decode()


def test_an_erased_name_is_gone_for_good_and_the_page_says_so(me, client):
    number = keep(me, latin_name=SECRET)
    kept = Identity.objects.get(pk=number), DataKey.objects.get(subject=number)
    services.shred(number, by=me, at=NOW)
    with pytest.raises(errors.NameGone, match="erased"):
        show(me, number)
    for row in kept:  # as a restored backup would bring them back
        row.save()
    with pytest.raises(errors.NameGone):
        show(me, number)
    with pytest.raises(errors.NameGone):
        keep(me, number=number, latin_name=SECRET)
    client.force_login(me)
    assert "was erased" in client.post(f"/cases/{number}/reveal/").content.decode()


def test_nothing_is_erased_while_the_service_that_must_remember_it_is_down(me, down):
    down.KEYS_SOCKET = ""
    number = keep(me, latin_name=SECRET)
    down.KEYS_SOCKET = "nowhere"
    with pytest.raises(errors.CannotBeErasedNow):
        services.shred(number, by=me, at=NOW)
    down.KEYS_SOCKET = ""
    assert show(me, number).latin_name == SECRET


def test_after_a_rotation_every_key_is_wrapped_anew_and_every_name_still_shown(
    own_keys, me, monkeypatch
):
    numbers = [keep(me, latin_name=f"Invented {n}") for n in range(5)]
    before = datakeys.ask({"op": "rotate"})["version"] - 1
    assert show(me, numbers[0]).latin_name == "Invented 0"
    monkeypatch.setattr(rewrapping, "AT_ONCE", 2)
    assert rewrapping.rewrap_all() == (5, 0)
    assert rewrapping.rewrap_all() == (0, 0)
    assert set(DataKey.objects.values_list("version", flat=True)) == {before + 1}
    assert [show(me, n).latin_name for n in numbers] == [f"Invented {n}" for n in range(5)]


def test_a_key_erased_while_its_batch_was_away_is_not_brought_back(own_keys, me, monkeypatch):
    number = keep(me, latin_name=SECRET)
    datakeys.ask({"op": "rotate"})
    ask = datakeys.ask

    def erased_meanwhile(request, **more):
        answer = ask(request, **more)
        if request["op"] == "rewrap":
            services.shred(number, by=me, at=NOW)
        return answer

    monkeypatch.setattr(datakeys, "ask", erased_meanwhile)
    rewrapping.rewrap_all()
    assert DataKey.objects.get(subject=number).form == "destroyed"


def test_who_looks_too_often_is_told_so(own_keys, me):
    numbers = [keep(me, latin_name=SECRET) for _person in range(61)]
    for number in numbers[:60]:
        show(me, number)
        show(me, number)  # the same person again counts once
    number = numbers[60]
    with pytest.raises(errors.LookedTooOften, match="many names"):
        show(me, number)
    show(me, numbers[0])
    other = officer()
    open_to(other, number, by=me)
    become(other.pk)
    assert show(other, number).latin_name == SECRET


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_lose_nothing():
    from mekhala.safeguards.access.acting import acting_for

    with acting_for(None):
        me = officer()
        number = case(me).number
    with acting_for(me.pk):
        services.keep(number, file_number=number, by=me, at=NOW)

    def write(**details):
        with acting_for(me.pk):
            services.keep(number, file_number=number, by=me, at=NOW, **details)
        connection.close()

    said = ({"latin_name": "Sok Invented"}, {"phone": "012 000 000"}, {"national_id": "0"})
    writing = [threading.Thread(target=write, kwargs=one) for one in said]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    with acting_for(me.pk):
        name = show(me, number)
    assert (name.latin_name, name.phone, name.national_id) == ("Sok Invented", "012 000 000", "0")


@pytest.mark.django_db(transaction=True)
def test_no_planted_word_lies_in_a_dump_before_or_after_it_is_erased():
    from mekhala.config import binaries, roles
    from mekhala.safeguards.access.acting import acting_for

    where = connection.settings_dict
    if not where["HOST"].startswith("/"):
        pytest.skip("dumped only from the embedded server: its administrator may read all")
    with acting_for(None):
        me = officer()
        number = case(me).number
    with acting_for(me.pk):
        services.keep(number, file_number=number, by=me, at=NOW, latin_name=SECRET)

    def dump():
        return subprocess.run(
            [binaries.find()[0] / "pg_dump", "-h", where["HOST"], "-p", where["PORT"], "-U",
             roles.ADMIN, "-t", "identity_*", where["NAME"]],
            check=True, capture_output=True,
        ).stdout  # fmt: skip

    before = dump()
    assert number.encode() in before
    with acting_for(me.pk):
        kept = bytes(Identity.objects.get(pk=number).latin_name).hex().encode()
        services.shred(number, by=me, at=NOW)
    after = dump()
    for word in (SECRET.encode(), SECRET.encode().hex().encode()):
        assert word not in before
        assert word not in after
    assert kept in before
    assert kept not in after
