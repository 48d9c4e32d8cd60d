"""Any two officers open a backup, nobody alone; what was altered or cut off is refused whole."""

import io
import json
import stat
from itertools import combinations

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mekhala.backup.custodians import (
    identities_from,
    locked,
    make_identity,
    recipients_of,
    unlocked,
)
from mekhala.backup.key_folder import packed_folder, unpacked_folder
from mekhala.backup.sealed_file import FIRST, PIECE, NotFinished, SealedFile, write_sealed
from mekhala.backup.signature import check_signed, signed
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.audit.heads import public_of
from tests.builders import NOW

DATA = b"an invented dump " * 40_000


@pytest.fixture
def officers(tmp_path):
    """Three officers' identity files, and their recipients."""
    files = [tmp_path / f"officer-{n}.txt" for n in (1, 2, 3)]
    return {file: make_identity(file) for file in files}


@pytest.fixture
def sealed(tmp_path, officers):
    path = tmp_path / "a.backup"
    write_sealed(path, io.BytesIO(DATA), recipients_of(list(officers.values())),
                 manifest=lambda: {"kind": "invented"})  # fmt: skip
    return path


def test_any_two_of_three_read_it_and_no_one_alone(sealed, officers):
    for pair in combinations(officers, 2):
        pieces = []
        manifest = SealedFile(sealed, identities_from(pair)).read(pieces.append)
        assert b"".join(pieces) == DATA
        assert manifest["kind"] == "invented"
    for one in officers:
        with pytest.raises(WrongInput, match="one officer's only"):
            identities_from([one])
        with pytest.raises(WrongInput, match="the same officer's twice"):
            identities_from([one, one])


def test_a_copy_of_ones_own_identity_is_still_one_officer(officers, tmp_path):
    one = next(iter(officers))
    copy = tmp_path / "copy.txt"
    copy.write_bytes(one.read_bytes() + one.read_bytes())
    with pytest.raises(WrongInput, match="the same officer's twice"):
        identities_from([one, copy])


def test_age_itself_would_let_one_alone_in(officers):
    """The mutant: sealed to the recipients as age does it, one identity is enough."""
    recipients = recipients_of(list(officers.values()))
    (secret,) = identities_from_one(next(iter(officers)))
    assert pyrage.decrypt(pyrage.encrypt(DATA, recipients), [secret]) == DATA
    fresh = pyrage.x25519.Identity.generate()
    assert unlocked(locked(fresh, recipients), [secret]) is None
    for lock in locked(fresh, recipients):
        assert str(fresh).encode() not in json.dumps(lock).encode()


def identities_from_one(path):
    return [pyrage.x25519.Identity.from_str(path.read_text().splitlines()[-1])]


def test_two_strangers_are_told_whom_it_needs(sealed, tmp_path):
    strangers = [tmp_path / "x.txt", tmp_path / "y.txt"]
    for stranger in strangers:
        make_identity(stranger)
    with pytest.raises(WrongInput, match="expected two of age1"):
        SealedFile(sealed, identities_from(strangers))


def test_one_officer_and_a_stranger_do_not_open_it(sealed, officers, tmp_path):
    make_identity(tmp_path / "x.txt")
    with pytest.raises(WrongInput, match="was not made to these two"):
        SealedFile(sealed, identities_from([next(iter(officers)), tmp_path / "x.txt"]))


def test_nothing_of_the_data_lies_in_clear_and_only_the_owner_reads_the_file(sealed):
    assert b"invented dump" not in sealed.read_bytes()
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600


@pytest.mark.parametrize("where", ["start", "locks", "age head", "middle", "end"])
def test_one_altered_byte_refuses_the_whole_file(sealed, officers, where):
    content = bytearray(sealed.read_bytes())
    age = content.index(b"age-encryption.org")
    place = {"start": 3, "locks": len(FIRST) + 200, "age head": age + 60,
             "middle": len(content) // 2, "end": len(content) - 1}[where]  # fmt: skip
    content[place] ^= 1
    sealed.write_bytes(content)
    with pytest.raises(WrongInput):
        SealedFile(sealed, identities_from(list(officers)[:2])).read()


def test_cut_off_anywhere_it_is_refused(sealed, officers):
    content = sealed.read_bytes()
    for length in [0, 10, len(FIRST), 700, 1500, *range(2000, len(content), 65_536 + 16)]:
        sealed.write_bytes(content[:length])
        with pytest.raises(WrongInput):
            SealedFile(sealed, identities_from(list(officers)[:2])).read()


def test_a_stream_that_age_ends_well_without_its_manifest_is_refused(tmp_path, officers):
    """As after a dump that died: age's own end is there, ours is not."""
    path = tmp_path / "half.backup"
    secret = pyrage.x25519.Identity.generate()
    locks = json.dumps(locked(secret, recipients_of(list(officers.values())))).encode()
    data = len(DATA).to_bytes(4, "big") + DATA
    path.write_bytes(FIRST + locks + b"\n" + pyrage.encrypt(data, [secret.to_public()]))
    with pytest.raises(WrongInput, match="not whole"):
        SealedFile(path, identities_from(list(officers)[:2])).read()


@pytest.mark.parametrize("fails", ["data", "manifest"])
def test_a_dump_that_fails_leaves_no_file(tmp_path, officers, fails):
    class Failing(io.BytesIO):
        def read(self, size=-1):
            if fails == "data" and self.tell() > PIECE:
                raise NotFinished("pg_dump: was stopped")
            return super().read(size)

    def manifest():
        raise NotFinished("pg_dump: was stopped")

    path = tmp_path / "b.backup"
    with pytest.raises(NotFinished, match="was stopped"):
        write_sealed(path, Failing(DATA), recipients_of(list(officers.values())), manifest=manifest)
    assert not list(tmp_path.glob("b.backup*"))


def test_recipients_are_two_or_more_and_none_twice(officers):
    one, other, _third = officers.values()
    for said in ([one], [], [one, one], [one, "age1nobody"], ["ssh-ed25519 AAAA", other]):
        with pytest.raises(WrongInput, match=r"^--to: .* expected"):
            recipients_of(said)


def test_an_identity_file_is_made_once_and_for_its_owner(tmp_path):
    place = tmp_path / "mine.txt"
    recipient = make_identity(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert recipient in place.read_text()
    with pytest.raises(WrongInput, match="is there already"):
        make_identity(place)


def test_only_the_key_of_the_log_signs_a_manifest():
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    made = signed({"kind": "database", "tables": {"a": 1}}, key) | {"size": 1, "sha256": "00"}
    check_signed(made, public_of(key), name="a.backup")
    for forged in (made | {"tables": {"a": 2}}, signed(made, other), {"kind": "database"}):
        with pytest.raises(WrongInput, match="is not signed with the log's key"):
            check_signed(forged, public_of(key), name="a.backup")


@pytest.fixture
def keys(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()
    (folder / "wrapping.json").write_text('{"versions": []}')
    (folder / "shredded").write_text("MK-1\nMK-2\n")
    (folder / "limits.json").write_text('{"per_hour": 5}')
    (folder / "unwraps.log").write_text('{"subject": "MK-9"}\n')
    return folder


def test_the_keys_come_back_and_the_record_of_openings_stays_away(keys, tmp_path):
    data, manifest = packed_folder(keys, version="0", at=NOW)
    assert manifest["files"] == ["limits.json", "shredded", "wrapping.json"]
    new = tmp_path / "new"
    assert unpacked_folder(data.getvalue(), new, name="k") == 2
    assert {p.name: p.read_text() for p in new.iterdir()} == {
        name: (keys / name).read_text() for name in manifest["files"]
    }
    assert {stat.S_IMODE(p.stat().st_mode) for p in new.iterdir()} == {0o600}


def test_a_newer_list_of_the_erased_is_never_written_over(keys, tmp_path):
    data, _manifest = packed_folder(keys, version="0", at=NOW)
    new = tmp_path / "new"
    new.mkdir()
    (new / "shredded").write_text("MK-2\nMK-3\n")
    assert unpacked_folder(data.getvalue(), new, name="k") == 3
    assert (new / "shredded").read_text() == "MK-2\nMK-3\nMK-1\n"
    with pytest.raises(WrongInput, match="holds keys already"):
        unpacked_folder(data.getvalue(), new, name="k")
