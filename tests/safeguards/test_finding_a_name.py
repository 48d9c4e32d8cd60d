"""Finding a person by two exact fields, without a name lying anywhere it could be read."""

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.identity import errors, lookup, services
from mekhala.safeguards.identity.finding import find
from mekhala.safeguards.identity.models import Identity
from tests.builders import NOW, case, officer, open_to
from tests.log import Entry

SOK = {"native_name": "សុខ តេស្ត", "birth_date": "1991-03-05"}


def kept(who, **details):
    """Keep a name in an invented case of ``who``; return its number."""
    number = case(who).number
    become(who.pk)
    services.keep(number, file_number=number, by=who, at=NOW, **details)
    return number


def found(who, **said):
    become(who.pk)
    return [one.subject for one in find(said or SOK, by=who, at=NOW, purpose="first_contact")]


def test_who_has_both_fields_exactly_is_found(db):
    me = officer()
    number = kept(me, **SOK)
    kept(me, **(SOK | {"birth_date": "1991-03-06"}))
    assert found(me) == [number]
    assert found(me, native_name="សុខ តេស្ត ", birth_date="១៩៩១-០៣-០៥") == [number]
    assert found(me, native_name="សុខ", birth_date="1991-03-05") == []


def test_a_number_of_papers_finds_with_another_field(db):
    me = officer()
    number = kept(me, national_id="010 203 405", phone="012 000 000")
    assert found(me, national_id="010203405", phone="012 000 000") == [number]
    assert found(me, national_id="010203405", phone="012 000 001") == []


def test_what_is_not_open_to_who_asks_is_not_found(db):
    me, other = officer(), officer(Role.REGISTRAR)
    number = kept(me, **SOK)
    assert found(other) == []
    open_to(other, number, "registration", by=me)
    assert found(other) == [number]


def test_who_only_shares_the_index_is_opened_compared_noted_and_not_found(db):
    me = officer()
    number, other = kept(me, **SOK), kept(me, native_name="Another", birth_date="1980")
    become(me.pk)
    index = Identity.objects.get(pk=number).name_index
    Identity.objects.filter(pk=other).update(name_index=index)
    assert found(me) == [number]
    noted = Entry.objects.filter(act__in=("identity.compared", "identity.searched"))
    assert sorted((n.act, n.subject) for n in noted) == sorted(
        [("identity.compared", number), ("identity.compared", other), ("identity.searched", "")]
    )
    assert "សុខ" not in str([n.details for n in noted])


@pytest.mark.parametrize(
    "said",
    [{"native_name": "x"}, {"native_name": "x", "phone": "1"}, {"national_id": "0102034"},
     {"birth_date": "1991", "phone": "1"}, SOK | {"phone": "1"},
     {"native_name": "", "birth_date": "1"}, {"national_id": "0102034", "sex": "female"}],
)  # fmt: skip
def test_fewer_or_other_fields_are_refused(db, said):
    with pytest.raises(WrongInput, match="expected native_name and birth_date"):
        find(said, by=officer(), at=NOW, purpose="first_contact")


def test_a_name_kept_while_the_service_was_down_is_indexed_when_it_is_next_shown(db, settings):
    me = officer()
    settings.KEYS_SOCKET = "nowhere"
    number = kept(me, **SOK)
    assert Identity.objects.get().name_index is None
    with pytest.raises(errors.NotNow):
        found(me)
    settings.KEYS_SOCKET = ""
    assert found(me) == []
    services.show(number, by=me, at=NOW, purpose="first_contact")
    assert found(me) == [number]


def test_a_corrected_name_is_no_longer_found_under_the_old_one(db):
    me = officer()
    number = kept(me, **SOK)
    become(me.pk)
    services.keep(number, file_number=number, by=me, at=NOW, native_name="New Invented")
    assert found(me) == []  # the index is not known until both are open
    services.show(number, by=me, at=NOW, purpose="first_contact")
    assert found(me) == []
    assert found(me, native_name="new invented", birth_date="1991-03-05") == [number]


def test_an_erased_name_has_no_index(db):
    me = officer()
    number = kept(me, national_id="010203405", **SOK)
    services.shred(number, by=me, at=NOW)
    row = Identity.objects.get()
    assert (row.name_index, row.id_index) == (None, None)


def test_an_index_of_one_common_field_is_never_made():
    assert lookup.INDEXED == {
        "name_index": ("native_name", "birth_date"), "id_index": ("national_id",),
    }  # fmt: skip
