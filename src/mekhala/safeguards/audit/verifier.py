"""Is the log whole, and is it the log the witnesses were shown? A program that stands alone.

It shares no code with the application it checks: this one file, Python, ``psycopg`` for a database
and ``cryptography`` for signatures. Copy it to another machine and run it there:

    python verifier.py --log export.jsonl --witness heads.jsonl --key PUBLIC_KEY

The chain finds what was changed, taken out, put in or moved without care. Whoever owns the
database can work the chain out anew or cut its end; that is found up to the newest head a
witness keeps, because the tree (RFC 9162, section 2.1) over the entries has another root then.
"""

import argparse
import hashlib
import json
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

START = "0" * 64
DOMAIN = b"mekhala audit head 1\n"
SIGNED = ("at", "chain", "key", "last", "root", "size")
COLUMNS = 'id, at, act, subject, "by", agency, details, previous, digest'
type Head = dict[str, Any]
_spelt = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
_sha = hashlib.sha256


class Row(NamedTuple):
    """One entry as it is kept; ``at`` in ISO 8601, UTC."""

    id: int
    at: str
    act: str
    subject: str
    by: int | None
    agency: str
    details: Any
    previous: str
    digest: str


class Source(NamedTuple):
    """A witness, and the heads it keeps in the order it was shown them.

    ``own``: the list the log's own installation keeps, held against the log but no witness.
    """

    name: str
    heads: list[Head]
    own: bool = False


type Shown = tuple[Source, Head]


class NotWhole(Exception):  # noqa: N818 - a finding, not an error of the program
    """The first thing that does not fit; ``place``: the entry it is at, where there is one."""

    def __init__(self, sentence: str, place: int | None = None) -> None:
        """Keep the sentence for people and the entry for programs."""
        super().__init__(sentence)
        self.place = place


class Unreadable(ValueError):  # noqa: N818 - what was given cannot be read
    """An export, a list of heads or an address cannot be read; one sentence says why."""


@dataclass
class Verdict:
    """What was read, how much of it is witnessed, and the first thing that does not fit.

    ``last``: the id of the last good entry; ``good_until``: that of the last witnessed one.
    """

    entries: int = 0
    head: str = START
    last: int = 0
    witnessed: int = 0
    witnessed_at: str = ""
    good_until: int = 0
    broken_at: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """True if nothing was found."""
        return not self.why


def verify(rows: Iterable[Row], sources: list[Source], *, key: str = "") -> Verdict:
    """Walk the log once, in order, and hold it against every head of every witness.

    ``key``: the public key of the log in hexadecimal; empty: that of the first head there is.
    """
    verdict = Verdict()
    try:
        check_heads(sources, key)
        _walk(rows, _by_size(sources), verdict)
    except NotWhole as found:
        verdict.why, verdict.broken_at = str(found), found.place
    return verdict


def check_heads(sources: list[Source], key: str) -> None:
    """Refuse heads that are not signed, that go back, or of which two say different things."""
    key = key or next((str(h.get("key")) for s in sources for h in s.heads), "")
    for source in sources:
        for place, head in enumerate(source.heads, start=1):
            _check_signed(source.name, place, head, key)
        _check_order(source)
    _check_no_fork(sources)


def _check_signed(name: str, place: int, head: Head, key: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        said = DOMAIN + _spelt({word: head[word] for word in SIGNED}).encode()
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(head["signature"]), said)
        signed = head["key"] == key
    except (InvalidSignature, KeyError, TypeError, ValueError):
        signed = False
    if not signed:
        raise NotWhole(f"{name}: head {place} is not signed with the key of this log")


def _check_order(source: Source) -> None:
    """An older head after a newer one is one that was played again."""
    pairs = zip(source.heads, source.heads[1:], strict=False)
    for place, (before, after) in enumerate(pairs, start=2):
        if after["size"] < before["size"] or after["at"] < before["at"]:
            raise NotWhole(
                f"{source.name}: head {place}, of {after['size']} entries, is older than the one "
                f"before it, of {before['size']}: an old head was shown again"
            )


def _check_no_fork(sources: list[Source]) -> None:
    for size, shown in sorted(_by_size(sources).items()):
        (one, first), *others = shown
        for other, head in others:
            if head["root"] != first["root"]:
                raise NotWhole(
                    f"{one.name} and {other.name} were shown different logs of {size} entries: "
                    "a fork",
                    min(first["last"], head["last"]),
                )


def _by_size(sources: list[Source]) -> dict[int, list[Shown]]:
    found: dict[int, list[Shown]] = {}
    for source in sources:
        for head in source.heads:
            found.setdefault(head["size"], []).append((source, head))
    return found


def _walk(rows: Iterable[Row], heads: dict[int, list[Shown]], verdict: Verdict) -> None:
    """Read the entries in order; ``verdict`` says how far they were good."""
    peaks: list[bytes] = []
    _check_witnessed(heads.get(0, ()), peaks, verdict)
    for row in rows:
        _check_after(row, verdict)
        _check_follows(row, verdict)
        _check_text(row)
        _grow(peaks, verdict.entries, _leaf(row))
        verdict.entries, verdict.last, verdict.head = verdict.entries + 1, row.id, row.digest
        if verdict.entries in heads:
            _check_witnessed(heads[verdict.entries], peaks, verdict)
    _check_not_cut(heads, verdict)


def _check_after(row: Row, before: Verdict) -> None:
    if row.id <= before.last:
        raise NotWhole(f"Entry {row.id} stands after entry {before.last}", row.id)


def _check_follows(row: Row, before: Verdict) -> None:
    if row.previous != before.head:
        after = f"entry {before.last}" if before.entries else "the beginning"
        raise NotWhole(
            f"Entry {row.id} does not follow from {after}: something between them was taken out, "
            "put in or moved",
            row.id,
        )


def _check_text(row: Row) -> None:
    if row.digest != _digest(row):
        raise NotWhole(f"Entry {row.id} was changed: its digest is that of another text", row.id)


def _digest(row: Row) -> str:
    text = _spelt([row.at, row.act, row.subject, row.by, row.agency, row.details])
    return _sha((row.previous + text).encode()).hexdigest()


def _leaf(row: Row) -> bytes:
    return _sha(b"\0" + f"{row.id} {row.digest}".encode()).digest()


def _grow(peaks: list[bytes], size: int, node: bytes) -> None:
    while size & 1:
        node, size = _sha(b"\1" + peaks.pop() + node).digest(), size >> 1
    peaks.append(node)


def _root(peaks: list[bytes]) -> str:
    if not peaks:
        return _sha(b"").hexdigest()
    node = peaks[-1]
    for left in reversed(peaks[:-1]):
        node = _sha(b"\1" + left + node).digest()
    return node.hex()


def _check_witnessed(heads: Iterable[Shown], peaks: list[bytes], so_far: Verdict) -> None:
    for source, head in heads:
        said = (head["root"], head["chain"], head["last"])
        if said != (_root(peaks), so_far.head, so_far.last):
            raise NotWhole(
                f"The first {so_far.entries} entries are not those {source.name} was shown "
                f"at {head['at']}: after entry {so_far.good_until} the log was written anew",
                so_far.last,
            )
        if not source.own:
            so_far.witnessed = so_far.entries
            so_far.witnessed_at = max(so_far.witnessed_at, head["at"])
        so_far.good_until = so_far.last


def _check_not_cut(heads: dict[int, list[Shown]], verdict: Verdict) -> None:
    largest = max(heads, default=0)
    if verdict.entries < largest:
        source, head = heads[largest][0]
        raise NotWhole(
            f"The log ends after entry {verdict.last} with {verdict.entries} entries, but "
            f"{source.name} was shown {largest} at {head['at']}: its end was cut off",
            verdict.last,
        )


def rows_of_database(link: Any) -> Iterator[Row]:
    """Read the entries, in order, through an open connection of psycopg; nothing is written."""
    with link.cursor(name="audit_verifier") as cursor:
        cursor.itersize = 10_000
        cursor.execute(f"select {COLUMNS} from audit_entry order by id")
        for entry_id, at, *rest in cursor:
            yield Row(entry_id, at.astimezone(UTC).isoformat(), *rest)


def rows_of_export(path: Path) -> Iterator[Row]:
    """Read an export, one JSON object a line."""
    for place, entry in enumerate(_lines_of(_text_of(path), str(path)), start=1):
        try:
            row = Row(**entry)
        except TypeError:
            raise Unreadable(f"{path}: line {place}: expected the words {COLUMNS}") from None
        if type(row.id) is not int:
            raise Unreadable(f"{path}: line {place}: id: expected a whole number")
        yield row


def heads_of(witness: str) -> Source:
    """Read the heads a witness keeps: a file of JSON lines, or the address of a server."""
    if not witness.startswith(("http://", "https://")):
        path = Path(witness)
        return Source(witness, _shaped(_lines_of(_text_of(path), witness), witness))
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(witness.rstrip("/") + "/heads", timeout=10) as answer:
            text = answer.read().decode()
    except (OSError, ValueError) as error:
        raise Unreadable(f"{witness}: does not answer ({error}); start the witness") from None
    return Source(witness, _shaped(_lines_of(iter(text.splitlines()), witness), witness))


def _shaped(heads: Iterable[Any], name: str) -> list[Head]:
    """Return the heads, refusing lines that are none: what is compared later is there."""
    shapes = {"size": int, "last": int, "root": str, "chain": str, "at": str, "key": str}
    kept = []
    for place, head in enumerate(heads, start=1):
        if any(type(head.get(word)) is not kind for word, kind in shapes.items()):
            raise Unreadable(f"{name}: line {place}: is no head of a log")
        kept.append(head)
    return kept


def _text_of(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: cannot be read ({error}); give a file of JSON lines") from None


def _lines_of(lines: Iterable[str], name: str) -> Iterator[dict[str, Any]]:
    for place, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise Unreadable(f"{name}: line {place}: expected one JSON object")
        yield said


def told(verdict: Verdict, *, pinned: bool, old: str = "") -> str:
    """Return the verdict in words."""
    if not verdict.whole:
        return f"The log is not whole. {verdict.why}."
    if old:
        return f"The log may have been put back. {old}."
    words = f"The log is whole: {verdict.entries} entries, head {verdict.head[:16]}…"
    if not verdict.witnessed_at:
        return f"{words}; no witness keeps a head, so a log written anew is not found."
    by_chain = verdict.entries - verdict.witnessed
    words += f"; {verdict.witnessed} as witnessed at {verdict.witnessed_at}, {by_chain} since then"
    return f"{words}." if pinned else f"{words}; the key was taken from the heads, not from you."


def too_old(verdict: Verdict, minutes: int | None, now: datetime) -> str:
    """Say that the newest head is older than ``minutes``, empty if it is not or none is asked."""
    if minutes is None or not verdict.whole:
        return ""
    if not verdict.witnessed_at:
        return "No witness keeps a head"
    taken = datetime.fromisoformat(verdict.witnessed_at)
    late = now - taken > timedelta(minutes=minutes)
    return f"The newest head is of {verdict.witnessed_at}" if late else ""


def main(argv: list[str] | None = None) -> int:
    """Verify an export or a database; 0: whole, 1: not, 2: something given cannot be read."""
    given = _arguments(argv)
    try:
        sources = [heads_of(witness) for witness in given.witness]
        verdict = _verdict_on(given, sources)
    except Unreadable as error:
        print(f"verifier: {error}", file=sys.stderr)
        return 2
    old = too_old(verdict, given.not_older_than, datetime.now(UTC))
    good = verdict.whole and not old
    if given.json:
        print(json.dumps({"whole": verdict.whole, **verdict.__dict__, "too_old": bool(old)}))
    else:
        print(told(verdict, pinned=bool(given.key), old=old), file=None if good else sys.stderr)
    return 0 if good else 1


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Is the log whole, and as it was witnessed?")
    log = parser.add_mutually_exclusive_group(required=True)
    log.add_argument("--log", type=Path, help="an export: one JSON object a line")
    log.add_argument("--database", help="postgresql://… whose login may read audit_entry")
    parser.add_argument("--witness", action="append", default=[], help="file or http address")
    parser.add_argument("--key", default="", help="public key of the log, in hexadecimal")
    parser.add_argument("--not-older-than", type=int, metavar="MINUTES", help="of the newest head")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser.parse_args(argv)


def _verdict_on(given: argparse.Namespace, sources: list[Source]) -> Verdict:
    if given.log:
        return verify(rows_of_export(given.log), sources, key=given.key)
    import psycopg

    try:
        with psycopg.connect(given.database, connect_timeout=10) as link:
            return verify(rows_of_database(link), sources, key=given.key)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
        raise Unreadable(f"the database cannot be read: {reason}") from None


if __name__ == "__main__":
    sys.exit(main())
