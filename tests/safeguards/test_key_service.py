"""The key service: who may ask, how often, and what never leaves it."""

import contextlib
import hashlib
import hmac
import json
import os
import pwd
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mekhala.config import keyservice
from mekhala.config.keyservice import KeyServiceProcess, service_account
from mekhala.safeguards.keys.client import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused
from mekhala.safeguards.keys.protocol import packed, unpacked
from mekhala.safeguards.keys.service import KeyService
from mekhala.safeguards.keys.wrapping import Place, box

KEY = os.urandom(32)


class Clock:
    """A clock that stands until it is moved; seconds since the epoch."""

    now = 1_800_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    opened = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    yield opened
    os.close(opened)


@pytest.fixture
def service(folder, clock):
    return KeyService(folder, clock)


def wrapped(service, subject="MK-1", number=1):
    """Return ``KEY`` as wrapped for one number: an item of an unwrap."""
    items = [{"subject": subject, "number": number, "key": packed(KEY)}]
    answer = service.answer({"op": "wrap", "items": items})
    return {"subject": subject, "number": number, "form": "wrapped",
            "version": answer["version"], "wrapped": answer["wrapped"][0]}  # fmt: skip


def look(service, item, *, subject="MK-1", actor="officer:1"):
    """Ask for one key; return the answer."""
    return service.answer(
        {"op": "unwrap", "actor": actor, "purpose": "support", "subject": subject, "items": [item]}
    )


def limited(path, folder, clock, **limits):
    """Return a service with these limits in its folder."""
    (path / "limits.json").write_text(json.dumps(limits))
    return KeyService(folder, clock)


def test_a_wrapped_key_comes_back_for_its_own_number_only(service):
    item = wrapped(service)
    assert look(service, item) == {"keys": [packed(KEY)]}
    assert look(service, item, subject="MK-2") == {"refused": "damaged"}
    assert look(service, item | {"number": 2}) == {"refused": "damaged"}
    assert look(service, item | {"version": 2}) == {"refused": "damaged"}


def test_a_key_sealed_while_the_service_was_down_opens_when_it_is_back(service):
    status = service.answer({"op": "status"})
    place = Place("MK-1", 1, status["version"])
    boxed = box(KEY, unpacked(status["public"]), place)
    item = {"number": 1, "version": 1, "form": "boxed", "wrapped": packed(boxed)}
    assert look(service, item) == {"keys": [packed(KEY)]}
    assert look(service, item, subject="MK-2") == {"refused": "damaged"}


def test_after_a_rotation_both_versions_open_and_new_keys_use_the_new_one(service):
    old = wrapped(service)
    assert service.answer({"op": "rotate"})["version"] == 2
    new = wrapped(service)
    assert (old["version"], new["version"]) == (1, 2)
    assert look(service, old) == look(service, new) == {"keys": [packed(KEY)]}


def test_rewrapping_hands_out_no_key_and_leaves_a_damaged_one_alone(service):
    old, damaged = wrapped(service), wrapped(service) | {"subject": "MK-9"}
    service.answer({"op": "rotate"})
    answer = service.answer({"op": "rewrap", "items": [old, damaged]})
    assert packed(KEY) not in str(answer)
    assert answer["wrapped"][1] == ""
    assert look(service, old | {"version": 2, "wrapped": answer["wrapped"][0]}) == {
        "keys": [packed(KEY)]
    }


def test_an_actor_opens_no_more_people_in_an_hour_than_the_quota_allows(tmp_path, folder, clock):
    service = limited(tmp_path, folder, clock, per_hour=3)
    people = [wrapped(service, f"MK-{n}") for n in range(1, 5)]
    answers = [look(service, item, subject=f"MK-{n}") for n, item in enumerate(people, start=1)]
    assert ["keys" in answer for answer in answers] == [True, True, True, False]
    assert answers[3] == {"refused": "quota"}
    assert "keys" in look(service, people[3], actor="officer:2", subject="MK-4")
    clock.now += 3601
    assert "keys" in look(service, people[3], subject="MK-4")


def test_the_same_person_in_an_hour_counts_once_and_later_again(tmp_path, folder, clock):
    service = limited(tmp_path, folder, clock, per_hour=1)
    item, another = wrapped(service), wrapped(service, "MK-2")
    for _page in range(50):
        assert "keys" in look(service, item)
    assert look(service, another, subject="MK-2") == {"refused": "quota"}
    assert len((tmp_path / "unwraps.log").read_text().splitlines()) == 51  # each look is noted
    clock.now += 3601
    assert "keys" in look(service, another, subject="MK-2")
    assert look(service, item) == {"refused": "quota"}


def test_the_quota_of_a_day_and_of_everybody_hold_as_well(tmp_path, folder, clock):
    service = limited(tmp_path, folder, clock, per_day=2, all_per_hour=3)
    people = [wrapped(service, f"MK-{n}") for n in range(1, 4)]
    for n in (1, 2):
        assert "keys" in look(service, people[n - 1], subject=f"MK-{n}")
        clock.now += 1000
    assert look(service, people[2], subject="MK-3") == {"refused": "quota"}
    assert "keys" in look(service, people[0], actor="officer:2")
    assert look(service, people[0], actor="officer:3") == {"refused": "quota"}


def test_a_restart_gives_nobody_a_new_quota(tmp_path, folder, clock):
    first = limited(tmp_path, folder, clock, per_hour=1)
    item, another = wrapped(first), wrapped(first, "MK-2")
    assert "keys" in look(first, item)
    again = KeyService(folder, clock)
    assert "keys" in look(again, item)
    assert look(again, another, subject="MK-2") == {"refused": "quota"}


@pytest.mark.parametrize("said", ['{"per_hour": -1}', '{"per_hour": "9"}', '{"hour": 1}', "[]"])
def test_limits_that_are_none_are_refused_in_a_sentence(tmp_path, folder, clock, said):
    (tmp_path / "limits.json").write_text(said)
    with pytest.raises(ValueError, match=r"limits\.json: .*expected"):
        KeyService(folder, clock)


def take_over(service, subject, *, actor="officer:1"):
    """Ask for the key of a filled form that came in; return the answer."""
    item = wrapped(service, subject)
    return service.answer({"op": "take_over", "actor": actor, "subject": subject, "items": [item]})


def test_a_filled_form_is_opened_once_to_be_taken_over_beside_what_its_officer_may_read(
    tmp_path, folder, clock
):
    service = limited(tmp_path, folder, clock, per_hour=1, take_per_hour=2)
    assert take_over(service, "SB-AAAA-1") == {"keys": [packed(KEY)]}
    assert take_over(service, "SB-AAAA-1") == {"refused": "taken"}
    assert take_over(service, "SB-AAAA-2") == {"keys": [packed(KEY)]}
    assert take_over(service, "SB-AAAA-3") == {"refused": "quota"}
    assert look(service, wrapped(service)) == {"keys": [packed(KEY)]}
    lines = [json.loads(x) for x in (tmp_path / "taken.log").read_text().splitlines()]
    assert [(n["actor"], n["subject"], n["answer"]) for n in lines] == [
        ("officer:1", "SB-AAAA-1", "given"), ("officer:1", "SB-AAAA-2", "given"),
        ("officer:1", "SB-AAAA-3", "quota"),
    ]  # fmt: skip


def test_what_was_taken_over_stays_so_after_weeks_and_a_restart(service, folder, clock):
    assert "keys" in take_over(service, "SB-AAAA-1")
    clock.now += 40 * 86400
    assert take_over(KeyService(folder, clock), "SB-AAAA-1") == {"refused": "taken"}


def test_no_person_is_opened_as_a_filled_form(service):
    assert take_over(service, "MK-1") == {"refused": "malformed"}
    service.answer({"op": "shred", "subject": "SB-AAAA-1"})
    item = {"number": 1, "form": "wrapped", "version": 1, "wrapped": packed(bytes(60))}
    asked = {"op": "take_over", "actor": "officer:1", "subject": "SB-AAAA-1", "items": [item]}
    assert service.answer(asked) == {"refused": "shredded"}


def test_each_opening_is_noted_with_numbers_and_no_key(service, tmp_path):
    look(service, wrapped(service))
    look(service, wrapped(service), subject="MK-2")
    lines = [json.loads(x) for x in (tmp_path / "unwraps.log").read_text().splitlines()]
    assert [(n["actor"], n["subject"], n["answer"]) for n in lines] == [
        ("officer:1", "MK-1", "given"), ("officer:1", "MK-2", "damaged"),
    ]  # fmt: skip
    assert packed(KEY) not in str(lines)


def test_an_erased_number_is_neither_opened_nor_wrapped_again_even_from_a_backup(
    service, folder, clock
):
    from_backup = wrapped(service)
    service.answer({"op": "shred", "subject": "MK-1"})
    for running in (service, KeyService(folder, clock)):
        assert look(running, from_backup) == {"refused": "shredded"}
        again = [{"subject": "MK-1", "number": 2, "key": packed(KEY)}]
        assert running.answer({"op": "wrap", "items": again}) == {"refused": "shredded"}
        assert running.answer({"op": "rewrap", "items": [from_backup]})["wrapped"] == [""]


@pytest.mark.parametrize("op", ["export", "decrypt_all", "keys", "unwrap_all", "", None])
def test_there_is_no_request_for_everything(service, op):
    assert service.answer({"op": op}) == {"refused": "malformed"}


def test_no_answer_holds_a_key_of_the_service(service, tmp_path):
    item = wrapped(service)
    answers = [look(service, item)] + [
        service.answer({"op": op, "items": [item], "subject": "MK-5"})
        for op in ("rewrap", "rotate", "status", "shred")
    ]
    index = {"op": "index", "actor": "X", "purpose": "find",
             "items": [{"field": "name_index", "value": "Sok Invented"}]}  # fmt: skip
    link = {"op": "link", "actor": "X", "items": ["Sok Invented"]}
    answers += [service.answer(index), service.answer(link)]
    assert not any("refused" in answer for answer in answers)
    held = [s for v in service.keyring.versions.values() for s in (v.wrapping, v.private)]
    for secret in (*held, *(unpacked(_key_in(tmp_path / f)) for f in APART)):
        assert packed(secret) not in str(answers)
        assert secret.hex() not in str(answers)


APART = ("index.json", "linkage.json")


def _key_in(path):
    return json.loads(path.read_text())["key"]


def index(service, value, *, field="name_index", purpose="find", actor="officer:1"):
    """Ask for one blind index; return the answer."""
    items = [{"field": field, "value": value}]
    return service.answer({"op": "index", "actor": actor, "purpose": purpose, "items": items})


def link(service, *strings, actor="officer:1"):
    return service.answer({"op": "link", "actor": actor, "items": list(strings)})


def test_three_keys_lie_in_three_files_and_are_three_keys(service, tmp_path):
    keys = {_key_in(tmp_path / name) for name in APART} | {packed(service.keyring.current.wrapping)}
    assert len(keys) == 3
    assert all(mode(tmp_path / name) == 0o600 for name in (*APART, "wrapping.json"))


def test_an_index_is_the_same_for_the_same_field_and_purpose_only(service, folder, clock):
    one = index(service, "សុខ តេស្ត")["index"]
    assert index(KeyService(folder, clock), "សុខ តេស្ត")["index"] == one
    others = [index(service, "សុខ តេស្ត", field=f"f{n}")["index"] for n in range(9)]
    others += [index(service, "សុខ តេស្ត", purpose=f"p{n}")["index"] for n in range(9)]
    assert sum(other == one for other in others) <= 1  # of 16,384 values by chance


def test_at_least_four_people_of_100_000_share_an_index_on_average(service):
    found = [service.lookups.index("name_index", "find", f"invented {n}") for n in range(100_000)]
    assert max(found) < 2**14
    assert len(found) / len(set(found)) >= 4


def test_the_quota_of_indexes_counts_values_and_survives_a_restart(tmp_path, folder, clock):
    limited(tmp_path, folder, clock, index_per_hour=2, all_index_per_day=3)
    service = KeyService(folder, clock)
    assert ["index" in index(service, f"n{n}") for n in range(3)] == [True, True, False]
    again = KeyService(folder, clock)
    assert index(again, "n9") == {"refused": "quota"}
    assert "index" in index(again, "n9", actor="officer:2")
    assert index(again, "n9", actor="officer:3") == {"refused": "quota"}
    noted = (tmp_path / "indexed.log").read_text()
    assert '"count": 1' in noted
    assert "n9" not in noted


def test_tokens_are_noted_with_how_many_and_limited_for_all(tmp_path, folder, clock):
    service = limited(tmp_path, folder, clock, link_per_day=3)
    assert len(link(service, "a", "b")["tokens"]) == 2
    assert link(service, "c", "d", actor="officer:2") == {"refused": "quota"}
    assert "tokens" in link(service, "c", actor="officer:2")
    lines = [json.loads(x) for x in (tmp_path / "linked.log").read_text().splitlines()]
    assert [(n["actor"], n["count"], n["answer"]) for n in lines] == [
        ("officer:1", 2, "given"), ("officer:2", 2, "quota"), ("officer:2", 1, "given"),
    ]  # fmt: skip
    assert link(service, *["x"] * 5001) == {"refused": "malformed"}


def test_a_linkage_key_carried_in_goes_on_with_the_tokens_of_before(tmp_path, folder, clock):
    before = "the secret of an older installation"
    (tmp_path / "linkage.carried").write_text(before)
    service = KeyService(folder, clock)
    expected = hmac.new(before.encode(), b"national_id\x1f010203405", hashlib.sha256).hexdigest()
    assert link(service, "national_id\x1f010203405")["tokens"] == [expected]
    assert not (tmp_path / "linkage.carried").exists()
    (tmp_path / "linkage.carried").write_text("another secret, too late")
    assert link(KeyService(folder, clock), "national_id\x1f010203405")["tokens"] == [expected]


def test_a_dictionary_finds_nobody_from_the_indexes_without_the_key(tmp_path, folder, clock):
    """TP-P6: 50 targets among 5,000 people; whoever has the table and not the key."""
    (tmp_path / "index.json").write_text(json.dumps({"key": packed(bytes(range(32)))}))
    service = KeyService(folder, clock)
    people = [f"invented {n}\x1f{1960 + n % 45}" for n in range(5000)]
    table = [service.lookups.index("name_index", "find", person) for person in people]
    targets = random.Random(6).sample(range(5000), 50)

    def found(guess):
        return sum(table[target] == guess(people[target]) for target in targets)

    def cut(digest):
        return int.from_bytes(digest[:2]) >> 2

    assert found(lambda p: service.lookups.index("name_index", "find", p)) == 50  # with the key
    assert found(lambda p: cut(hashlib.sha256(p.encode()).digest())) == 0
    assert found(lambda p: cut(hmac.digest(b"name_index|find", p.encode(), "sha256"))) == 0
    assert found(lambda p: cut(hmac.digest(bytes(32), p.encode(), "sha256"))) == 0
    shares = Counter(table)
    assert max(shares.values()) < 8  # no value stands out: frequencies tell nothing


def test_a_dictionary_through_the_quota_finds_at_most_one_in_thirty_days(service, clock):
    """TP-P6: of 10⁶ names with true birth dates, 50 wanted; one actor asks all he may."""
    given = 0
    for _hour in range(30 * 24):
        clock.now += 3600
        for _request in range(7):
            items = [{"field": "name_index", "value": f"guess {n}"} for n in range(10)]
            answer = service.answer(
                {"op": "index", "actor": "officer:1", "purpose": "find", "items": items}
            )
            given += len(answer.get("index", ()))
    assert given * 50 / 1_000_000 <= 1
    assert given >= 5000  # he was not simply shut out


WORDS = st.sampled_from(["items", "subject", "number", "key", "version", "form", "wrapped"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda more: st.lists(more, max_size=2) | st.dictionaries(WORDS, more, max_size=3),
    max_leaves=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def asked_service():
    with tempfile.TemporaryDirectory() as place:
        folder = os.open(place, os.O_RDONLY)
        yield KeyService(folder, Clock())
        os.close(folder)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(["wrap", "unwrap", "rewrap", "shred", "index", "link"]),
    st.dictionaries(st.sampled_from(["items", "subject", "actor", "purpose"]), JSON),
)
def test_whatever_is_asked_the_answer_is_a_refusal_or_in_form(asked_service, op, asked):
    answer = asked_service.answer(asked | {"op": op})
    assert set(answer) <= {"refused", "shredded", "version", "wrapped", "tokens"}


# The process


@pytest.fixture
def home():
    place = Path(tempfile.mkdtemp(prefix="mekhala-keys-"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def process(home):
    made = KeyServiceProcess(home)
    made.start()
    yield made
    made.stop()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_keys_and_socket_are_closed_to_everybody_else(process):
    assert mode(process.folder) == mode(process.socket.parent) == 0o700
    assert mode(process.folder / "wrapping.json") == mode(process.socket) == 0o600
    assert mode(process.public) == 0o600


@pytest.mark.skipif(service_account() is None, reason="only root can give it its own account")
def test_runs_as_an_account_of_its_own(process):
    said = Path(f"/proc/{process.process.pid}/status").read_text()
    assert said.split("Uid:")[1].split()[0] == str(service_account().pw_uid) != "0"
    assert (process.folder / "wrapping.json").stat().st_uid == service_account().pw_uid


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take another account's place")
def test_another_local_account_gets_no_answer_even_with_the_folder_opened(process):
    stranger = pwd.getpwnam("nobody")
    process.socket.parent.chmod(0o755)
    process.socket.chmod(0o777)
    ask_as = (
        f"import os, socket; os.setgid({stranger.pw_gid}); os.setuid({stranger.pw_uid});"
        f"s = socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect('{process.socket}');"
        'import struct; s.sendall(struct.pack(">I", 15) + b\'{"op":"status"}\'); print(s.recv(9))'
    )
    command = [sys.executable, "-c", ask_as]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stdout.strip() in ("b''", "")
    assert "may not ask" in (process.home / "keys.log").read_text()
    assert ask(process.socket, {"op": "status"})["version"] == 1


def test_the_second_starter_finds_it_and_a_restart_keeps_the_keys(home, process):
    item = [{"subject": "MK-1", "number": 1, "key": packed(KEY)}]
    kept = ask(process.socket, {"op": "wrap", "items": item})["wrapped"][0]
    second = KeyServiceProcess(home)
    second.start()
    assert second.process is None
    process.stop()
    with pytest.raises(KeyServiceDown):
        ask(process.socket, {"op": "status"})
    second.start()
    opened = ask(second.socket, {
        "op": "unwrap", "actor": "officer:1", "purpose": "support", "subject": "MK-1",
        "items": [{"number": 1, "version": 1, "form": "wrapped", "wrapped": kept}],
    })  # fmt: skip
    second.stop()
    assert opened["keys"] == [packed(KEY)]


def test_a_home_that_held_the_linkage_key_hands_it_over_once(home):
    before = home / "secrets" / "linkage"
    before.parent.mkdir()
    before.write_text("the secret of an older installation")
    made = KeyServiceProcess(home)
    made.start()
    try:
        answer = ask(made.socket, {"op": "link", "actor": "officer:1", "items": ["x"]})
    finally:
        made.stop()
    expected = hmac.new(b"the secret of an older installation", b"x", hashlib.sha256).hexdigest()
    assert answer["tokens"] == [expected]
    assert not before.exists()
    assert {p.name for p in made.folder.iterdir()} >= {
        "wrapping.json",
        "index.json",
        "linkage.json",
    }
    assert not (made.folder / "linkage.carried").exists()


def test_without_an_account_of_its_own_it_answers_as_ours(home, monkeypatch):
    monkeypatch.setattr(keyservice, "service_account", lambda: None)
    made = KeyServiceProcess(home)
    made.start()
    try:
        assert ask(made.socket, {"op": "status"})["version"] == 1
        assert (made.folder / "wrapping.json").stat().st_uid == os.geteuid()
    finally:
        made.stop()


def test_a_service_that_was_killed_is_started_anew_with_the_same_keys(process):
    public = ask(process.socket, {"op": "status"})["public"]
    process.process.kill()
    process.process.wait(5)
    process.tend()
    assert ask(process.socket, {"op": "status"})["public"] == public


def test_many_ask_at_once_and_each_gets_its_own(process):
    wrong = []

    def one(number):
        key = os.urandom(32)
        items = [{"subject": f"MK-{number}", "number": 1, "key": packed(key)}]
        got = ask(process.socket, {"op": "wrap", "items": items})["wrapped"][0]
        item = {"number": 1, "version": 1, "form": "wrapped", "wrapped": got}
        back = ask(process.socket, {
            "op": "unwrap", "actor": f"officer:{number}", "purpose": "support",
            "subject": f"MK-{number}", "items": [item],
        })  # fmt: skip
        if back["keys"] != [packed(key)]:
            wrong.append(number)

    asking = [threading.Thread(target=one, args=(n,)) for n in range(40)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert wrong == []


def test_garbage_and_silence_end_one_connection_and_nothing_else(process):
    import socket

    for said in (b"\xff" * 8, b"\0\0\0\2[]", b"\0\0\0\5{"):
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(str(process.socket))
            link.sendall(said)
            link.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionResetError):
                assert link.recv(9) == b""
    assert ask(process.socket, {"op": "status"})["version"] == 1
    with pytest.raises(Refused, match="malformed"):
        ask(process.socket, {"op": "wrap", "items": []})


def blind(service, *people, actor="officer:1"):
    return service.answer({"op": "blind", "actor": actor, "items": list(people)})


def test_blind_keys_are_the_same_for_the_same_string_and_of_another_kind_another(folder, clock):
    one = blind(KeyService(folder, clock), ["phone\x1f012", "name\x1fsok"], ["phone\x1f012"])
    again = blind(KeyService(folder, clock), ["name\x1f012"], [])
    both, phone = one["keys"]
    assert set(phone) < set(both)
    assert len(both) == 2
    assert not set(again["keys"][0]) & set(phone)
    assert again["keys"][1] == []


def test_at_least_four_people_of_100_000_share_a_blind_key_on_average(service):
    lookups = service.lookups
    found = [lookups.blind([f"phone\x1f{n}"], {"name": 16})[0] for n in range(100_000)]
    assert len({key >> 16 for key in found}) == 1  # the kind
    assert max(found) < 2**31
    assert len(found) / len(set(found)) >= 4


def test_no_blind_key_is_cut_to_more_than_sixteen_bits(service):
    many = [service.lookups.blind([f"x\x1f{n}"], {"x": 60})[0] & 0xFFFF for n in range(20_000)]
    assert 2**15 < max(many) < 2**16


def test_the_quota_of_blind_keys_counts_people_and_the_system_has_that_of_all(
    tmp_path, folder, clock
):
    service = limited(tmp_path, folder, clock, blind_per_hour=2, all_blind_per_day=5)
    assert "keys" in blind(service, ["a"], ["b"])
    assert blind(service, ["c"]) == {"refused": "quota"}
    assert "keys" in blind(service, ["c"], ["d"], ["e"], actor="system")
    again = KeyService(folder, clock)
    assert blind(again, ["f"], actor="system") == {"refused": "quota"}
    noted = (tmp_path / "blinded.log").read_text()
    assert '"count": 3' in noted
    assert blind(service, ["x"] * 101) == blind(service, "x") == {"refused": "malformed"}


def compare(service, *people, actor="officer:1"):
    items = [{"subject": subject, "items": [item]} for subject, item in people]
    return service.answer({"op": "compare", "actor": actor, "subject": "MK-9", "items": items})


def test_keys_of_several_are_given_to_compare_and_one_that_does_not_open_stops_nobody(service):
    first, other = wrapped(service), wrapped(service, "MK-2")
    service.answer({"op": "shred", "subject": "MK-3"})
    answer = compare(service, ("MK-1", first), ("MK-1", other), ("MK-3", first), ("MK-2", other))
    assert answer == {"keys": [[packed(KEY)], None, None, [packed(KEY)]]}


def test_who_is_compared_is_counted_noted_and_limited(tmp_path, folder, clock):
    service = limited(tmp_path, folder, clock, compare_per_hour=3, all_compare_per_day=5)
    item = wrapped(service)
    assert "keys" in compare(service, ("MK-1", item), ("MK-2", item))
    assert compare(service, ("MK-1", item), ("MK-2", item)) == {"refused": "quota"}
    again = KeyService(folder, clock)
    assert compare(again, *[("MK-1", item)] * 4, actor="officer:2") == {"refused": "quota"}
    line = json.loads((tmp_path / "compared.log").read_text().splitlines()[0])
    assert (line["subject"], line["people"], line["count"]) == ("MK-9", ["MK-1", "MK-2"], 2)
    assert compare(service, *[("MK-1", item)] * 41) == {"refused": "malformed"}
