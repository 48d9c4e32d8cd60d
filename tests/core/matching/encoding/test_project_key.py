"""The key of a project: made strong, refused where it is weak, shown nowhere."""

import base64
import stat

import pytest

from mekhala.core.matching.encoding.project_key import ProjectKey, new_key, positions, read_key
from mekhala.core.wrong_input import WrongInput

SECRET = bytes.fromhex("8f3a61c20d5be794a8107cf2935e4bd11706caa9f85d3e62b41f90d7285ce3ab")


def test_a_new_key_is_read_as_it_was_made_and_by_its_owner_alone(tmp_path):
    path = tmp_path / "key"
    made = new_key(path)

    assert read_key(path.read_bytes(), "key") == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert new_key(tmp_path / "other") != made


def test_a_key_that_is_there_is_never_overwritten(tmp_path):
    path = tmp_path / "key"
    path.write_text("kept")

    with pytest.raises(WrongInput, match="is there already"):
        new_key(path)
    assert path.read_text() == "kept"


@pytest.mark.parametrize(
    "content",
    [
        SECRET,
        SECRET.hex().encode(),
        SECRET.hex().upper().encode() + b"\r\n",
        base64.b64encode(SECRET),
        base64.urlsafe_b64encode(SECRET).rstrip(b"="),
    ],
)
def test_other_programs_keys_are_read_in_every_usual_form(content):
    assert read_key(content, "key").secret == SECRET


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "0 bits"),
        (SECRET[:31], "248 bits"),
        (SECRET[:16].hex().encode(), "128 bits"),
        (bytes(32), "repeats itself"),
        (b"0" * 64, "repeats itself"),
        (SECRET[:8] * 4, "repeats itself"),
        (bytes(range(100, 132)), "repeats itself"),
        (b"correct horse battery staple and some more", "words"),
        ("ពាក្យសម្ងាត់របស់យើង".encode(), "words"),
        (b"passwordpasswordpasswordpasswordpassword", "words"),
        (b"x" * 5000, "more than 4096"),
    ],
)
def test_a_key_that_could_be_guessed_is_refused_in_one_sentence(content, why):
    with pytest.raises(WrongInput, match=why) as refused:
        read_key(content, "agency.key")
    assert str(refused.value).startswith("agency.key: ")
    assert "\n" not in str(refused.value)


def test_the_secret_is_in_no_representation():
    key = ProjectKey(SECRET)

    assert SECRET.hex() not in repr(key) + key.fingerprint
    assert repr(SECRET) not in repr(key)


def test_what_is_derived_for_one_purpose_is_derived_for_no_other():
    key = ProjectKey(SECRET)

    assert key.derived("a", "bc") != key.derived("ab", "c")
    assert key.derived("a") == ProjectKey(SECRET).derived("a")


def test_positions_lie_within_the_vector_however_many_are_asked_for():
    found = positions(SECRET, b"name|so", 100, 512)

    assert len(found) == 100
    assert all(0 <= place < 512 for place in found)
    assert len(set(found)) > 60
