"""Files go out with the version they were added to; lists are filled from what we keep."""

import csv
import hashlib
import io

import pytest
from django.db import DatabaseError, transaction

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import lists, queries, services
from mekhala.forms.errors import FileAlreadyKept
from mekhala.forms.models import FormFile, ListVersion
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_forms import picture
from tests.builders_media import mp3, wave, with_files

POSTS = b"name,label\npost-1,First post\n"


@pytest.fixture
def draft(db):
    by = officer(Role.ADMINISTRATOR)
    return services.add_version(with_files(), "filed.md", by=by, at=NOW, offer=False)


def _add(version, name="map.png", content=None, **more):
    content = picture(kind="PNG") if content is None else content
    by = more.get("by") or version.uploaded_by
    return services.add_file(version, content, name, by=by, at=NOW)


def _rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_a_form_says_which_files_it_asks_for(draft):
    assert draft.asks_for == {
        "map.png": "picture", "where.mp3": "sound", "provinces.csv": "list",
        "districts.csv": "list", "services.csv": "list", "posts.csv": "list",
    }  # fmt: skip


def test_places_are_there_at_once_and_what_nobody_added_is_named(draft):
    assert [m.name for m in queries.media_of(draft)] == ["districts.csv", "provinces.csv"]
    assert queries.missing_files(draft) == ["map.png", "posts.csv", "services.csv", "where.mp3"]


def test_each_file_is_handed_out_with_the_md5_of_its_bytes(draft):
    _add(draft)
    _add(draft, "where.mp3", mp3())
    _add(draft, "posts.csv", POSTS)
    media = queries.media_of(draft)
    assert [m.name for m in media] == [
        "districts.csv", "map.png", "posts.csv", "provinces.csv", "where.mp3",
    ]  # fmt: skip
    for name, md5, content in media:
        assert hashlib.md5(content(), usedforsecurity=False).hexdigest() == md5, name


def test_a_picture_is_drawn_anew(draft):
    sent = picture(kind="PNG") + b"behind the end"
    assert b"behind the end" not in bytes(_add(draft, content=sent).content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("other.png", b"", "asks for no file of this name, expected one of: map.png, posts.csv"),
        ("provinces.csv", b"name,label\n1,A\n", "filled from the register"),
        ("map.png", b"<svg/>", "neither a JPEG nor a PNG"),
        ("where.mp3", b"rubbish", "expected MP3 or WAV"),
        ("posts.csv", b"name,name\n1,2\n", "different headings"),
        ("posts.csv", b"name,label\n1\n", "row 2 has 1 cells, expected 2"),
        ("posts.csv", b"\xff\xfe", "CSV UTF-8"),
        ("../map.png", b"", "plain name"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(draft, name, content, said):
    with pytest.raises(WrongInput, match=said):
        _add(draft, name, content)
    assert not FormFile.objects.exists()


def test_a_draft_takes_another_file_and_a_version_in_use_does_not(draft):
    _add(draft)
    _add(draft, content=picture("red", kind="PNG"))
    services.put_into_use(draft, by=draft.uploaded_by, at=NOW)
    with pytest.raises(FileAlreadyKept, match="Raise the version"):
        _add(draft, content=picture("blue", kind="PNG"))
    _add(draft, "posts.csv", POSTS)


def test_the_database_refuses_to_rewrite_a_file_in_use_and_a_list(draft):
    _add(draft)
    services.put_into_use(draft, by=draft.uploaded_by, at=NOW)
    for kind in (FormFile, ListVersion):
        with pytest.raises(DatabaseError, match="keeps what it was given"), transaction.atomic():
            kind.objects.update(content=b"other")


def test_files_are_added_by_those_who_add_forms(draft):
    with pytest.raises(NotYourRole):
        _add(draft, by=officer(Role.FIRST_RESPONDER))


def test_the_same_list_is_kept_once_and_a_changed_one_gets_the_next_number(db):
    one = lists.ChoiceList(name="services.csv", columns=("name",), rows=(("a",),))
    two = lists.ChoiceList(name="services.csv", columns=("name",), rows=(("b",),))
    numbers = [services.keep_list(each, at=NOW).number for each in (one, one, two, one)]
    assert numbers == [1, 1, 2, 3]


def test_places_stand_in_khmer_and_latin_and_under_their_province():
    rows = _rows(lists.made_of_the_package("districts.csv").as_csv())
    assert len(rows) > 200
    first = rows[0]
    assert (first["name"], first["province"]) == ("0102", "01")
    assert first["label"] == f"{first['label_km']} · {first['label_en']}"


def test_every_village_has_a_code_of_its_own_within_its_commune():
    rows = lists.made_of_the_package("villages.csv").rows
    assert len(rows) > 14_000
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[0][:6] == row[-1] for row in rows)


def test_articles_of_the_law_say_whether_a_lawyer_has_read_them():
    rows = _rows(lists.made_of_the_package("articles.csv").as_csv())
    assert len({row["name"] for row in rows}) == len(rows) > 100
    assert not [row["name"] for row in rows if " " in row["name"]]
    assert {row["verified"] for row in rows} <= {"true", "false"}


def test_a_sound_keeps_what_is_heard_and_nothing_else(draft):
    said = b"ID3\x04\x00\x00\x00\x00\x00\x0ataken here" + mp3() + b"TAG and a name"
    kept = bytes(_add(draft, "where.mp3", said).content)
    assert kept == mp3()


def test_a_wave_loses_the_notes_of_the_program_that_made_it(draft):
    note = b"LIST\x0a\x00\x00\x00taken here"
    kept = bytes(_add(draft, "where.mp3", wave(extra=note)).content)
    assert kept == wave()
