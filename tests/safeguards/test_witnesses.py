"""A witness keeps what goes on from what it was shown, and nothing else; so does its server."""

import json
import random
import stat
import threading
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from benchmarks.tampering import chained, head_of, honest
from mekhala.cli import main
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.audit import heads, services, verifier
from mekhala.safeguards.audit.models import Head
from mekhala.safeguards.audit.tree import Edge, leaf_of, proof_between
from mekhala.safeguards.audit.witness_server import WitnessServer
from mekhala.safeguards.audit.witnesses import (
    FileWitness,
    HttpWitness,
    NotKept,
    ProofNeeded,
    witness_at,
)
from mekhala.safeguards.audit.witnessing import show, take_head
from tests import log as kept_log
from tests.builders import NOW, officer


def _leaves(rows):
    return [leaf_of(row.id, row.digest) for row in rows]


def _proof(log, m, n):
    leaves = _leaves(log.rows)
    return [node.hex() for node in proof_between(Edge().grown(leaves[:m]), leaves[m:n])]


@pytest.fixture
def log():
    return honest(random.Random(4))


@pytest.fixture
def served(tmp_path):
    """Return a running witness server's address, and the file it keeps."""
    kept = FileWitness(tmp_path / "kept.jsonl")
    server = WitnessServer("127.0.0.1", 0, kept)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", kept.path
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["file", "server"])
def witness(request, tmp_path):
    """Return each kind of witness in turn."""
    if request.param == "file":
        return FileWitness(tmp_path / "heads.jsonl")
    return HttpWitness(request.getfixturevalue("served")[0])


def test_keeps_heads_of_a_log_that_only_grows(witness, log):
    assert witness.latest() is None
    for m, n in ((0, 7), (7, 8), (8, 40), (40, 60)):
        witness.keep(head_of(log, n), _proof(log, m, n) if m else None)
        assert witness.latest()["size"] == n


def test_asks_for_the_proof_and_takes_no_head_without_it(witness, log):
    witness.keep(head_of(log, 10), None)
    with pytest.raises(NotKept, match="asks for the proof from 10 entries"):
        witness.keep(head_of(log, 20), None)
    assert witness.latest()["size"] == 10


def test_refuses_a_log_that_was_written_anew(witness, log):
    witness.keep(head_of(log, 10), None)
    log.rows[3] = log.rows[3]._replace(subject="MK-FORGED")
    log.rows = chained(log.rows)
    with pytest.raises(NotKept, match="written anew"):
        witness.keep(head_of(log, 20), _proof(log, 10, 20))
    assert witness.latest()["size"] == 10


def test_refuses_an_old_head_and_a_log_that_was_put_back(witness, log):
    witness.keep(head_of(log, 10), None)
    witness.keep(head_of(log, 20), _proof(log, 10, 20))
    for old in (head_of(log, 10), head_of(log, 15), head_of(log, 10, later=900)):
        with pytest.raises(NotKept, match="put back"):
            witness.keep(old, [])


def test_the_same_head_shown_twice_is_kept_once(witness, log):
    head = head_of(log, 10)
    witness.keep(head, None)
    witness.keep(head, None)
    assert witness.latest() == head


def test_refuses_another_key_and_a_changed_head(witness, log):
    witness.keep(head_of(log, 10), None)
    other = honest(random.Random(5))
    other.rows = log.rows
    for forged in (head_of(other, 20), head_of(log, 20) | {"size": 21}, {}, {"size": "x"}):
        with pytest.raises(NotKept, match="not signed"):
            witness.keep(forged, _proof(log, 10, 20))


@pytest.mark.parametrize("proof", [["zz"], [7], ["00" * 32], []])
def test_refuses_a_proof_that_proves_nothing(witness, log, proof):
    witness.keep(head_of(log, 10), None)
    with pytest.raises(NotKept):
        witness.keep(head_of(log, 20), proof)


def test_a_file_without_proof_is_told_apart_from_a_file_that_is_cut(tmp_path, log):
    kept = FileWitness(tmp_path / "heads.jsonl", key=heads.public_of(log.key))
    kept.keep(head_of(log, 10), None)
    with pytest.raises(ProofNeeded):
        kept.keep(head_of(log, 20), None)
    kept.path.write_bytes(kept.path.read_bytes()[:-20])
    with pytest.raises(NotKept, match="its end was cut off"):
        kept.latest()


def test_the_server_answers_wrong_requests_in_a_sentence(served):
    address, _path = served
    for where, body in (
        ("/x", None), ("/x", b"{}"), ("/heads", b"no json"), ("/heads", b"[]"),
        ("/heads", b'{"head": 1}'), ("/heads", b"x" * 70_000),
    ):  # fmt: skip
        with pytest.raises((urllib.error.HTTPError, ConnectionError, urllib.error.URLError)) as no:
            urllib.request.urlopen(address + where, data=body)
        if isinstance(no.value, urllib.error.HTTPError):
            assert no.value.code in (400, 404)
            assert json.loads(no.value.read())["why"]


def test_a_witness_that_does_not_answer_is_told_and_the_others_are_still_shown(
    transactional_db, tmp_path
):
    key = heads.signing_key(tmp_path / "key.pem")
    head = take_head(key=key, at=NOW)
    gone, here = HttpWitness("http://127.0.0.1:1"), FileWitness(tmp_path / "heads.jsonl")
    first, second = show(head, [gone, here])
    assert "does not answer" in first.why
    assert (second.why, here.latest()) == ("", head.as_shown())


def test_an_address_that_is_neither_http_nor_a_path_is_refused():
    with pytest.raises(WrongInput, match="expected http"):
        witness_at("ftp://example.org", key="")


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path):
    path = tmp_path / "keys" / "head.pem"
    made = heads.signing_key(path)
    assert heads.public_of(heads.signing_key(path)) == heads.public_of(made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    with pytest.raises(WrongInput, match="others may read"):
        heads.signing_key(path)
    path.chmod(0o600)
    path.write_text("no key", encoding="ascii")
    with pytest.raises(WrongInput, match="no Ed25519 key"):
        heads.signing_key(path)


def _some(n=5):
    who = officer()
    for i in range(n):
        services.record("test.done", subject=f"MK-{i}", by=who, at=NOW, step=i)


def test_heads_grow_from_the_head_before_and_are_those_of_the_whole_tree(db, tmp_path):
    key = heads.signing_key(tmp_path / "key.pem")
    for step in range(4):
        _some(step)
        head = take_head(key=key, at=NOW.replace(minute=step))
        rows = kept_log.rows()
        assert (head.size, head.last) == (len(rows), rows[-1].id)
        assert head.root == Edge().grown(_leaves(rows)).root().hex()
        assert rows[-1].act == "audit.head_signed"


def test_a_head_somebody_put_in_is_passed_over(db, tmp_path):
    key, other = (heads.signing_key(tmp_path / name) for name in ("key.pem", "other.pem"))
    _some()
    take_head(key=key, at=NOW)
    forged = heads.signed(other, size=900, root=b"x" * 32, chain="0" * 64, last=10**9, at=NOW)
    Head.objects.create(**forged, peaks=[])
    _some()
    assert take_head(key=key, at=NOW).root == Edge().grown(_leaves(kept_log.rows())).root().hex()


def test_two_witnesses_of_a_real_log_keep_up_even_where_one_was_away(db, tmp_path, served):
    address, _path = served
    key = heads.signing_key(tmp_path / "key.pem")
    near, far = FileWitness(tmp_path / "heads.jsonl"), HttpWitness(address)
    for step, shown_to in enumerate(([near, far], [near], [near], [near, far])):
        _some(3 + step)
        head = take_head(key=key, at=NOW.replace(minute=step))
        assert [answer.why for answer in show(head, shown_to)] == [""] * len(shown_to)
    sources = [verifier.heads_of(str(near.path)), verifier.heads_of(address)]
    assert [len(source.heads) for source in sources] == [4, 2]
    verdict = verifier.verify(kept_log.rows(), sources, key=heads.public_of(key))
    assert verdict.whole
    assert verdict.witnessed == verdict.entries


def test_heads_are_added_to_and_never_changed(db, tmp_path):
    take_head(key=heads.signing_key(tmp_path / "key.pem"), at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege('audit_head', 'update'),"
            " has_table_privilege('audit_head', 'delete')"
        )
        assert cursor.fetchone() == (False, False)


def test_the_doctor_says_when_the_last_head_is_too_old(db, tmp_path):
    from mekhala.cli.doctor_command import _witnesses

    assert (_witnesses().well, _witnesses().seen) == (True, "1 named, no head yet")
    key = heads.signing_key(tmp_path / "key.pem")
    take_head(key=key, at=timezone.now())
    assert _witnesses().well
    take_head(key=key, at=timezone.now() - timedelta(hours=2))
    assert not _witnesses().well
    assert "start the clock" in _witnesses().to_do


@pytest.mark.parametrize("words", [["witness-serve", "0"], ["witness-serve", "x"], ["export"]])
def test_wrong_words_for_the_log_are_one_line_and_status_2(capsys, words):
    try:
        status = main(["audit", *words])
    except SystemExit as end:
        status = end.code
    assert (status, capsys.readouterr().err.count("\n")) == (2, 1)
