"""What is said about a person: sealed where it lies, opened once a request, refused when moved."""

import json
import random
import threading

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.vault_tampering import narrative_tampered
from mekhala.forms.models import Submission
from mekhala.forms.queries import subjects_of
from mekhala.forms.services import SentFile, link_to_case
from mekhala.pathway.determination.models import Finding, Letter, Reading, Source
from mekhala.pathway.encounter.models import SafeContact
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access import held
from mekhala.safeguards.access.acting import acting_for, become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.identity import datakeys, errors, fields, narrative, services
from mekhala.safeguards.identity.fields import Ciphertext, Sealed
from mekhala.safeguards.identity.models import DataKey
from mekhala.safeguards.identity.sealing import DoesNotOpen
from tests.builders import NOW, case, officer
from tests.builders_casework import screened
from tests.builders_file import changed_statement, opened
from tests.builders_forms import filled, form_version, picture, send
from tests.builders_guard import everything
from tests.conftest import _admin

WORDS = "Zxqwernary was told behind the market"
KEY = bytes(range(32))
HERE = narrative.Place("a_table", "MK-1", "because", ("7", "act.receipt"))
CHANGED = {
    "table": "another", "person": "MK-2", "field": "question", "row": ("8", "act.receipt"),
}  # fmt: skip


def sealed_fields():
    return [f for m in apps.get_models() for f in m._meta.fields if isinstance(f, Sealed)]


def lies(instance, name):
    """Return what lies in the database in one column of a row."""
    with connection.cursor() as cursor:
        table, pk = instance._meta.db_table, instance._meta.pk.column
        cursor.execute(f"select {name} from {table} where {pk} = %s", [instance.pk])
        return bytes(cursor.fetchone()[0])


@pytest.fixture
def asked(monkeypatch):
    """Return the requests to the key service, as they are made."""
    made, ask = [], datakeys.ask

    def noting(request, **more):
        made.append(request)
        return ask(request, **more)

    monkeypatch.setattr(datakeys, "ask", noting)
    return made


def unwraps(asked):
    return [request["subject"] for request in asked if request["op"] == "unwrap"]


# Where it lies


def test_every_text_and_every_form_about_a_person_is_of_a_sealed_kind():
    found = {f"{f.model._meta.label}.{f.name}" for f in sealed_fields()}
    loose = {
        f"{f.model._meta.label}.{f.name}"
        for m in apps.get_models() for f in m._meta.local_fields
        if m.__module__.startswith(("mekhala.pathway", "mekhala.forms"))
        and isinstance(f, models.TextField | models.JSONField | models.BinaryField)
        and not isinstance(f, Sealed)
    }  # fmt: skip
    assert len(found) == 66
    assert loose == {  # texts of questionnaires: about nobody
        "questionnaires.FormVersion.source", "questionnaires.FormVersion.xform",
        "questionnaires.FormVersion.languages", "questionnaires.FormVersion.asks_for",
        "questionnaires.FormVersion.in_languages",
        "questionnaires.FormFile.content", "questionnaires.ListVersion.content",
        "questionnaires.SealedEnvelope.content",  # as a browser sealed it
        "visits.Visit.seen",  # codes of what was seen at a place: about nobody
        "directory.ServiceAddress.sealed",  # where a house stands, sealed in another way
        "repatriation.Exchange.content",  # sealed to the other side, who alone opens it
        "repatriation.CounterpartKey.public",
        # codes alone
        "justice.Verdict.additional", "justice.Verdict.relied_on", "justice.Appeal.blocked_by",
        "justice.FactsFound.facts", "justice.FactsFound.none_of", "justice.GateCheck.reasons",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_whole_journey_leaves_none_of_its_words_in_any_table():
    with transaction.atomic():
        everything()
    said = ("A quiet room", "To rest", "Who met her?", "A paper.", "<needs>food", "%PDF")
    database = connection.settings_dict["NAME"]
    for field in sealed_fields():
        kinds = f"select pg_typeof({field.column})::text from {field.model._meta.db_table}"
        assert {kind for (kind,) in _admin(kinds, database)} <= {"bytea"}
    for model in apps.get_models():
        rows = str(_admin(f"select t::text from {model._meta.db_table} t", database))
        for word in said:
            assert word not in rows, model
            assert word.encode().hex() not in rows, model
    assert _admin("select count(*) from questionnaires_submission", database) == [(1,)]


def test_a_clear_value_is_never_sent_to_the_database(db):
    for ask in (
        lambda: Screening.objects.filter(because=WORDS).exists(),
        lambda: Screening.objects.update(because=WORDS),
        lambda: Screening.objects.bulk_update([Screening(pk=1, because=WORDS)], ["because"]),
    ):
        with pytest.raises(TypeError, match="sealed"):
            ask()


def test_a_text_too_long_or_with_a_nul_is_refused_as_by_the_database(db, acting):
    me = officer()
    made = case(me)
    acting(me)
    for hours in ("x" * 121, "a\0b"):
        with pytest.raises(DataError), transaction.atomic():
            SafeContact.objects.create(
                case=made, way="in_person", hours=hours, asked_by=me, asked_at=NOW
            )


@given(st.binary(max_size=3000), st.integers(1, 10**6))
def test_whatever_is_sealed_comes_back_as_it_was(said, number):
    sealed = narrative.seal(KEY, number, said, HERE)
    assert narrative.open_with({number: KEY}, sealed, HERE) == said
    assert (len(sealed) - 32) % 32 == 0


# Moved, altered, put in another's place


@pytest.mark.parametrize("part", CHANGED)
def test_what_is_moved_to_another_place_does_not_open(part):
    sealed = narrative.seal(KEY, 3, WORDS.encode(), HERE)
    there = narrative.Place(**(vars(HERE) | {part: CHANGED[part]}))
    with pytest.raises(DoesNotOpen):
        narrative.open_with({3: KEY}, sealed, there)


@pytest.mark.parametrize("part", [*CHANGED, "number"])
def test_with_any_part_of_the_place_left_out_of_what_is_bound_the_theft_succeeds(part, monkeypatch):
    """The mutants: each guard taken out alone lets exactly its own attack through."""

    def bound(self, number):
        said = vars(self) | {"number": number, part: None}
        return json.dumps(said).encode()

    monkeypatch.setattr(narrative.Place, "bound", bound)
    sealed = narrative.seal(KEY, 3, WORDS.encode(), HERE)
    if part == "number":
        sealed, keys = (4).to_bytes(4) + sealed[4:], {4: KEY}
        assert narrative.open_with(keys, sealed, HERE) == WORDS.encode()
        return
    there = narrative.Place(**(vars(HERE) | {part: CHANGED[part]}))
    assert narrative.open_with({3: KEY}, sealed, there) == WORDS.encode()


def test_under_another_key_number_it_does_not_open():
    sealed = narrative.seal(KEY, 3, WORDS.encode(), HERE)
    with pytest.raises(DoesNotOpen):
        narrative.open_with({4: KEY}, (4).to_bytes(4) + sealed[4:], HERE)


def test_every_bit_counts():
    sealed = narrative.seal(KEY, 3, WORDS.encode(), HERE)
    for bit in random.Random(1).sample(range(len(sealed) * 8), 200):
        data = bytearray(sealed)
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DoesNotOpen):
            narrative.open_with({3: KEY, 3 ^ 1: KEY}, bytes(data), HERE)


def test_a_thousand_chance_tamperings_with_what_is_said_are_all_refused():
    assert narrative_tampered(1000, seed=3) == (1000, 0)


def test_two_findings_of_one_person_cannot_change_their_words(db):
    file, reader = opened()
    changed_statement(file, reader)
    one, other = Finding.objects.filter(code="means.force").order_by("recorded_at", "id")
    assert (one.because, other.because) == ("Nobody forced me.", "He kept my passport.")
    one.because = Ciphertext(lies(other, "because"))  # as if the column had been overwritten
    with pytest.raises(errors.WordsDamaged, match="changed outside"):
        assert one.because


def test_a_finding_cannot_be_made_to_speak_of_another_fact(db):
    file, reader = opened()
    changed_statement(file, reader)
    one = Finding.objects.filter(code="means.force").first()
    assert one.because == "Nobody forced me."
    one = Finding.objects.get(pk=one.pk)
    one.code = "means.threat"
    with pytest.raises(errors.WordsDamaged):
        assert one.because


# Opened for one request


def test_one_request_opens_a_person_once_and_holds_nothing_afterwards(db, asked):
    file, reader = opened()
    changed_statement(file, reader)
    asked.clear()
    with acting_for(reader.pk):
        said = [f.because for f in Finding.objects.select_related("file")]
        said += [s.in_between for s in Source.objects.select_related("file")]
        assert unwraps(asked) == [file.case_id]
        assert held.current().opened
    assert not held.current().opened
    assert "Four days in a safe house." in said


def test_another_officer_within_the_request_is_given_nothing_that_is_held(db, acting):
    me, stranger = officer(), officer(Role.PROVIDER)
    made = case(me)
    with acting_for(me.pk):
        screened(made, me, because=WORDS)
        kept = Screening.objects.get()
        with acting_for(stranger.pk), pytest.raises(errors.WordsNotOpened):
            assert kept.because
        become(stranger.pk)
        with pytest.raises(errors.WordsNotOpened):
            assert kept.because


def test_lists_and_the_overview_open_nobody(db, asked):
    full = everything()
    asked.clear()
    for role, who in full.inside.items():
        client = Client()
        client.force_login(who)
        pages = ["/today/", "/cases/", f"/cases/{full.number}/"]
        if role is Role.AUTHORITY:
            pages += ["/work/overdue/"]
        for page in pages:
            client.get(page)
    assert unwraps(asked) == []


@transaction.atomic
def _undone(made, me):
    screened(made, me, because="undone")
    raise IntegrityError


def test_what_a_savepoint_undid_is_never_written_with_again(db):
    me = officer()
    made = case(me)
    with acting_for(me.pk):
        with pytest.raises(IntegrityError):
            _undone(made, me)
        screened(made, me, because=WORDS)
    with acting_for(me.pk):
        assert Screening.objects.get().because == WORDS


def test_who_has_read_writes_with_the_key_that_is_open(db, asked):
    me = officer()
    made = case(me)
    with acting_for(me.pk):
        screened(made, me, because="first")
    keys = DataKey.objects.filter(subject=made.number)
    with acting_for(me.pk):
        before = keys.count()
        assert Screening.objects.get().because == "first"
        screened(made, me, because=WORDS)
        assert keys.count() == before
    with acting_for(me.pk):
        assert {s.because for s in Screening.objects.all()} == {"first", WORDS}


def test_what_was_not_read_goes_back_as_it_lay(db, asked):
    file, reader = opened()
    with acting_for(reader.pk):
        changed_statement(file, reader)
        source = Source.objects.exclude(follows=None).get()
        before = lies(source, "in_between")
        assert fields.SealedText.pre_save(Source._meta.get_field("in_between"), source, False) == (
            before
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_write_about_one_person_at_once_both_keep_it():
    with acting_for(None):
        me = officer()
        made = case(me)

    def write(words):
        with acting_for(me.pk):
            screened(made, me, because=words)
        connection.close()

    writing = [threading.Thread(target=write, args=[f"said {n}"]) for n in range(4)]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    with acting_for(me.pk):
        assert {s.because for s in Screening.objects.all()} == {f"said {n}" for n in range(4)}


# While the key service does not answer


def test_while_it_is_down_writing_goes_on_and_reading_is_refused_calmly(db, settings):
    me = officer()
    made = case(me)
    settings.KEYS_SOCKET = "nowhere"
    with acting_for(me.pk):
        kept = screened(made, me, because=WORDS)
    become(me.pk)
    assert DataKey.objects.get(subject=made.number).form == "boxed"
    assert WORDS.encode() not in lies(kept, "because")
    client = Client()
    client.force_login(me)
    page = client.get(f"/cases/{made.number}/screening/")
    assert page.status_code == 503
    assert "cannot be opened just now" in page.content.decode()
    assert client.get("/cases/").status_code == 200
    assert client.get(f"/cases/{made.number}/").status_code == 200
    settings.KEYS_SOCKET = ""
    page = client.get(f"/cases/{made.number}/screening/")
    assert WORDS in page.content.decode()
    become(me.pk)
    assert DataKey.objects.get(subject=made.number).form == "wrapped"


def test_the_api_answers_503_in_words(db, settings):
    me = officer()
    form_version()
    become(me.pk)
    send(me, filled())
    settings.KEYS_SOCKET = "nowhere"
    client = Client()
    client.force_login(me)
    answer = client.get("/api/v1/submissions/uuid:1")
    assert answer.status_code == 503
    assert "cannot be opened just now" in answer.json()["detail"]
    settings.KEYS_SOCKET = ""
    assert client.get("/api/v1/submissions/uuid:1").json()["answers"]["safe"] == "yes"


def test_where_no_service_was_ever_met_nothing_is_kept_in_clear(db, settings, tmp_path):
    me = officer()
    made = case(me)
    settings.KEYS_SOCKET, settings.KEYS_PUBLIC = "nowhere", tmp_path / "absent"
    with acting_for(me.pk):
        with pytest.raises(errors.CannotBeKeptNow), transaction.atomic():
            screened(made, me, because=WORDS)
        assert not Screening.objects.exists()


# Filled forms, and erasing


def test_a_filled_form_has_a_key_of_its_own_that_goes_with_the_case(db, settings):
    me = officer()
    made = case(me)
    form_version()
    become(me.pk)
    kept = send(
        me, filled(), [SentFile(name="p.jpg", content_type="image/jpeg", content=picture())]
    )
    assert kept.submission.number.startswith("SB-")
    link_to_case(kept.submission, case_number=made.number, by=me, at=NOW)
    assert subjects_of(made.number) == [made.number, kept.submission.number]
    assert bytes(Submission.objects.get().attachments.get().content).startswith(b"\xff\xd8\xff")
    services.shred(kept.submission.number, by=me, at=NOW)
    with pytest.raises(errors.WordsGone, match="erased"):
        assert Submission.objects.get().answers


def test_a_filled_form_is_opened_by_no_other_agency(db):
    me, stranger = officer(), officer()
    form_version()
    become(me.pk)
    number = send(me, filled()).submission.number
    become(stranger.pk)
    assert not Submission.objects.exists()
    assert not DataKey.objects.filter(subject=number).exists()


def test_once_a_person_is_erased_nothing_said_opens_and_nothing_more_is_kept(db):
    me = officer()
    made = case(me)
    become(me.pk)
    screened(made, me, because=WORDS)
    services.shred(made.number, by=me, at=NOW)
    with pytest.raises(errors.WordsGone):
        assert Screening.objects.get().because
    with pytest.raises(errors.NameGone), transaction.atomic():
        screened(made, me, because=WORDS)


def test_letters_and_readings_open_for_who_may_read_them(db):
    full = everything()
    with acting_for(full.inside[Role.AUTHORITY].pk):
        assert Letter.objects.first().content["parts"]
        assert bytes(Letter.objects.first().pdf).startswith(b"%PDF")
        assert all(r.reasons for r in Reading.objects.select_related("file"))
