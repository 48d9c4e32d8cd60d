"""Ten thousand tamperings of the audit log: how many does the verifier miss?

Each begins with an honest log of invented entries, heads signed as it grew and two witnesses who
kept them. One thing is done to it, of the kinds an owner of the database could try, before the
last witnessed head. The proof fails if one tampering is called whole, or one honest log is not.

    python -m benchmarks.tampering --tries 10000 --seed 1
    python -m benchmarks.tampering --mutants

Three of a hundred are done by SQL as well, as the owner of the tables with the guards taken off,
on a database of its own in a temporary folder; heads are taken and shown by the application.
"""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402

from benchmarks import rows  # noqa: E402
from benchmarks.scratch import scratch  # noqa: E402
from mekhala.safeguards.audit import heads, verifier  # noqa: E402
from mekhala.safeguards.audit.tree import Edge, leaf_of  # noqa: E402
from mekhala.safeguards.audit.verifier import Row, Source  # noqa: E402

SPEED = 25_000
BEGIN = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
ACTS = ("case.opened", "consent.given", "determination.decided", "identity.shown")


@dataclass
class Log:
    """A log, the key of its heads, and what each witness was shown."""

    rows: list[Row]
    key: Ed25519PrivateKey
    one: list[heads.Head] = field(default_factory=list)
    two: list[heads.Head] = field(default_factory=list)

    @property
    def witnessed(self) -> int:
        """How many entries the newest head is of."""
        return int(self.one[-1]["size"])

    def verdict(self) -> verifier.Verdict:
        """What the verifier says."""
        sources = [Source("witness one", self.one), Source("witness two", self.two)]
        return verifier.verify(self.rows, sources, key=heads.public_of(self.key))

    def copy(self) -> "Log":
        """Return one to tamper with; heads are never changed in place."""
        return Log(list(self.rows), self.key, list(self.one), list(self.two))


def honest(rng: random.Random, *, size: int = 60, shown: int = 6) -> Log:
    """Return a whole log of ``size`` entries and ``shown`` heads; ids have gaps."""
    log = Log([], Ed25519PrivateKey.from_private_bytes(rng.randbytes(32)))
    entry_id = 0
    for place in range(size):
        entry_id += rng.choice((1, 1, 1, 3))
        log.rows.append(_entry(rng, entry_id, place))
    log.rows = chained(log.rows)
    sizes = [*sorted(rng.sample(range(2, size - 5), shown - 1)), size - rng.randint(1, 4)]
    log.one = [head_of(log, n) for n in sizes]
    log.two = [head for head in log.one if rng.random() < 0.7] or log.one[:1]
    return log


def _entry(rng: random.Random, entry_id: int, place: int) -> Row:
    at = (BEGIN + timedelta(seconds=place, microseconds=rng.choice((0, 7)))).isoformat()
    details = {"page": "cases:overview", "purpose": ["support"], "n": place, "ឈ": "ខ្មែរ"}
    return Row(
        entry_id, at, rng.choice(ACTS), f"MK-{rng.randint(1, 9)}", rng.choice((None, 3, 4)),
        rng.choice(("police", "dosvy")), details, "", "",
    )  # fmt: skip


def chained(rows: list[Row], previous: str = verifier.START) -> list[Row]:
    """Work the chain out anew over ``rows``: what an owner of the database can do."""
    made = []
    for row in rows:
        digest = verifier._digest(row._replace(previous=previous))
        made.append(row._replace(previous=previous, digest=digest))
        previous = digest
    return made


def head_of(log: Log, size: int, *, later: int = 0) -> heads.Head:
    """Return the signed head of the first ``size`` entries."""
    rows = log.rows[:size]
    return heads.signed(
        log.key, size=size, root=Edge().grown(leaf_of(r.id, r.digest) for r in rows).root(),
        chain=rows[-1].digest, last=rows[-1].id, at=BEGIN + timedelta(minutes=size, seconds=later),
    )  # fmt: skip


def _place(log: Log, rng: random.Random, *, room: int = 0) -> int:
    """Return a place before the last witnessed head, ``room`` away from it."""
    return rng.randrange(log.witnessed - room)


def _other(row: Row, rng: random.Random) -> Row:
    """Return the entry with one thing about it changed."""
    changed = {
        "at": (datetime.fromisoformat(row.at) + timedelta(days=1)).isoformat(),
        "act": row.act + "x", "subject": row.subject + "0", "by": (row.by or 0) + 1,
        "agency": row.agency + "x", "details": row.details | {"purpose": ["determination"]},
    }  # fmt: skip
    word = rng.choice(sorted(changed))
    return row._replace(**{word: changed[word]})


def modify(log: Log, rng: random.Random) -> None:
    """Change one thing about one entry."""
    place = _place(log, rng)
    log.rows[place] = _other(log.rows[place], rng)


def delete(log: Log, rng: random.Random) -> None:
    """Take one entry out."""
    del log.rows[_place(log, rng)]


def insert(log: Log, rng: random.Random) -> None:
    """Put one entry in, with a digest of its own that fits the one before it."""
    place = _place(log, rng)
    before = log.rows[place]
    fresh = _entry(rng, before.id, place)._replace(previous=before.previous)
    log.rows.insert(place, fresh._replace(digest=verifier._digest(fresh)))


def swap(log: Log, rng: random.Random) -> None:
    """Let two entries change places, ids included."""
    one, two = sorted(rng.sample(range(log.witnessed), 2))
    a, b = log.rows[one], log.rows[two]
    log.rows[one], log.rows[two] = b._replace(id=a.id), a._replace(id=b.id)


def truncate(log: Log, rng: random.Random) -> None:
    """Cut the end off."""
    del log.rows[_place(log, rng) :]


def rewrite(log: Log, rng: random.Random) -> None:
    """Change, take out or put in, then work the whole chain out anew."""
    rng.choice((modify, delete, insert))(log, rng)
    log.rows = chained(log.rows)


def renumber(log: Log, rng: random.Random) -> None:
    """Give every entry from one on another id; the chain does not speak of ids."""
    place = _place(log, rng)
    log.rows[place:] = [row._replace(id=row.id + 1) for row in log.rows[place:]]


def replace_head(log: Log, rng: random.Random) -> None:
    """Write the log anew and put heads of the new one, signed with another key, at one witness."""
    rewrite(log, rng)
    log.one = _heads_of_another_key(log, rng)


def _heads_of_another_key(log: Log, rng: random.Random) -> list[heads.Head]:
    forged = Log(log.rows, Ed25519PrivateKey.from_private_bytes(rng.randbytes(32)))
    sizes = [min(head["size"], len(log.rows)) for head in log.one]
    return [head_of(forged, size) for size in sizes]


def replay_head(log: Log, rng: random.Random) -> None:
    """Show a witness an old head as its newest, to hide that the log was put back."""
    place = rng.randrange(len(log.one) - 1)
    log.one.append(log.one[place])


def fork(log: Log, rng: random.Random) -> None:
    """Show one witness the log, the other one written anew, both signed with the true key."""
    other = log.copy()
    place = _place(log, rng)
    other.rows[place] = _other(other.rows[place], rng)
    other.rows = chained(other.rows)
    log.two = [h for h in log.two if h["size"] <= place] + [head_of(other, log.witnessed)]
    if rng.random() < 0.5:
        log.rows = other.rows


def put_back(log: Log, rng: random.Random) -> None:
    """Put the log back to an earlier day and let it grow another way from there."""
    place = _place(log, rng)
    kept = log.rows[: max(place, 1)]
    start = kept[-1].id
    grown = [_entry(rng, start + n, 90 + n) for n in range(1, rng.randint(1, 90))]
    log.rows = kept + chained(grown, kept[-1].digest)


KINDS: dict[str, Callable[[Log, random.Random], None]] = {
    "modify": modify, "delete": delete, "insert": insert, "swap": swap, "truncate": truncate,
    "rewrite and rehash": rewrite, "renumber": renumber, "replace heads": replace_head,
    "replay a head": replay_head, "fork": fork, "put back to yesterday": put_back,
}  # fmt: skip


def missed(times: int, seed: int) -> tuple[Counter[str], Counter[str]]:
    """Tamper ``times`` times, kinds by turns; return by kind how often, and how often unseen."""
    rng, done, unseen = random.Random(seed), Counter[str](), Counter[str]()
    names = list(KINDS)
    for turn in range(times):
        if turn % 50 == 0:
            log = honest(rng)
            unseen["an honest log called broken"] += not log.verdict().whole
        kind = names[turn % len(names)]
        forged = log.copy()
        KINDS[kind](forged, rng)
        done[kind] += 1
        unseen[kind] += forged.verdict().whole
    return done, +unseen


def _continued(rows: list[Row], rng: random.Random) -> list[Row]:
    """Let the log grow by entries that nobody has witnessed yet."""
    more = [_entry(rng, rows[-1].id + n, 90 + n) for n in range(1, 9)]
    return rows + chained(more, rows[-1].digest)


def _change_last(log: Log, _rng: random.Random) -> None:
    log.rows[-1] = log.rows[-1]._replace(subject="MK-FORGED")


def _take_out_unwitnessed(log: Log, _rng: random.Random) -> None:
    log.rows[-2:-1] = []


def _number_unwitnessed(log: Log, _rng: random.Random) -> None:
    log.rows[-1] = log.rows[-1]._replace(id=log.rows[-2].id)


def _rewrite(log: Log, rng: random.Random) -> None:
    modify(log, rng)
    log.rows = chained(log.rows)


def _replace_all_heads(log: Log, rng: random.Random) -> None:
    _rewrite(log, rng)
    log.one = log.two = _heads_of_another_key(log, rng)


# Guard of the verifier → a tampering that nothing else in it finds: with the guard taken out the
# log is called whole.
ONLY_FOUND_BY: dict[str, Callable[[Log, random.Random], None]] = {
    "_check_after": _number_unwitnessed, "_check_follows": _take_out_unwitnessed,
    "_check_text": _change_last, "_check_witnessed": _rewrite, "_check_not_cut": truncate,
    "_check_signed": _replace_all_heads, "_check_order": replay_head,
}  # fmt: skip


def mutants(seed: int) -> list[str]:
    """Take each guard out of the verifier in turn; return those whose absence nobody notices."""
    unnoticed = []
    for guard, tamper in ONLY_FOUND_BY.items():
        rng = random.Random(seed)
        log = honest(rng)
        log.rows = _continued(log.rows, rng)
        tamper(log, rng)
        found = not log.verdict().whole
        kept = getattr(verifier, guard)
        setattr(verifier, guard, lambda *_said: None)
        try:
            still_found = not log.verdict().whole
        finally:
            setattr(verifier, guard, kept)
        if still_found or not found:
            unnoticed.append(guard)
    return unnoticed


SQL = {
    "modify": "update audit_entry set act = act || 'x' where id = {id}",
    "delete": "delete from audit_entry where id = {id}",
    "insert": "insert into audit_entry (id, at, act, subject, by, agency, details, previous,"
    " digest) select {id} - 1000000, at, act, subject, by, agency, details, previous, digest"
    " from audit_entry where id = {id}",
    "swap": "update audit_entry set id = -id where id in ({id}, {next});"
    " update audit_entry set id = case id when -{id} then {next} else {id} end where id < 0",
    "truncate": "delete from audit_entry where id >= {id}",
    "truncate, heads too": "delete from audit_entry where id >= {id}; delete from audit_head",
    "renumber": "update audit_entry set id = id + 1000000 where id >= {id}",
    "rewrite and rehash": "update audit_entry set subject = 'MK-FORGED' where id = {id}",
    "rewrite, heads too": "update audit_entry set subject = 'MK-FORGED' where id = {id};"
    " delete from audit_head",
}


def missed_on_a_database(times: int, seed: int, *, size: int = 120) -> Counter[str]:
    """Tamper with a real log by SQL; return what was not found. Needs Django to be set up."""
    from django.conf import settings
    from django.db import connection

    from mekhala.config.database import link_as
    from mekhala.config.roles import OWNER
    from mekhala.jobs.witnessed_heads import witness_now

    folder = Path(tempfile.mkdtemp(prefix="mekhala-witness-"))
    settings.AUDIT_KEY = folder / "keys" / "audit.pem"
    settings.AUDIT_WITNESSES = [str(folder / "one.jsonl"), str(folder / "two.jsonl")]
    try:
        for _ in range(3):
            _fill(size // 3)
            refused = [shown.why for shown in witness_now() if shown.why]
            assert not refused, refused
        sources = [verifier.heads_of(name) for name in settings.AUDIT_WITNESSES]
        with link_as(OWNER, connection.settings_dict) as link:
            return _tampered(link, sources, times, random.Random(seed))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(entries: int) -> None:
    from mekhala.safeguards.audit import services

    entered = [
        {"at": BEGIN + timedelta(seconds=n), "act": ACTS[n % 4], "subject": f"MK-{n}", "by": n,
         "agency": "police", "details": {"page": "cases:overview", "n": n}}
        for n in range(entries)
    ]  # fmt: skip
    services.append(entered)


def _tampered(link: Any, sources: list[Source], times: int, rng: random.Random) -> Counter[str]:
    """Do each in a transaction of its own and undo it; the verifier reads what it left."""
    unseen = Counter[str]()
    ids = [row.id for row in verifier.rows_of_database(link)]
    whole = verifier.verify(verifier.rows_of_database(link), sources)
    unseen["an honest log called broken"] += not (whole.whole and whole.witnessed == len(ids))
    link.rollback()
    for turn in range(times):
        kind = list(SQL)[turn % len(SQL)]
        place = rng.randrange(len(ids) - 1)
        link.execute("alter table audit_entry disable trigger user")
        link.execute("alter table audit_head disable trigger user")
        statement = SQL[kind].format(id=ids[place], next=ids[place + 1])
        link.execute(statement)
        if kind.startswith("rewrite"):
            _rehash(link)
        unseen[kind] += verifier.verify(verifier.rows_of_database(link), sources).whole
        link.rollback()
    return +unseen


def _rehash(link: Any) -> None:
    rows = chained(list(verifier.rows_of_database(link)))
    with link.cursor() as cursor:
        cursor.executemany(
            "update audit_entry set previous = %s, digest = %s where id = %s",
            [(row.previous, row.digest, row.id) for row in rows],
        )


def rows_a_second(entries: int = 50_000) -> float:
    """Return how many entries a second the verifier walks, heads included, read as an export."""
    import json

    rng = random.Random(1)
    rows = chained([_entry(rng, n + 1, n) for n in range(entries)])
    log = Log(rows, Ed25519PrivateKey.from_private_bytes(rng.randbytes(32)))
    log.one = [head_of(log, size) for size in (entries // 2, entries)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row._asdict(), ensure_ascii=False) + "\n" for row in rows)
        kept.flush()
        begin = time.perf_counter()
        sources = [Source("witness one", log.one)]
        verdict = verifier.verify(verifier.rows_of_export(Path(kept.name)), sources)
        taken = time.perf_counter() - begin
    assert verdict.whole, verdict.why
    assert verdict.witnessed == entries
    return entries / taken


def main(argv: list[str] | None = None) -> int:
    """Run the proof; 0 if nothing was missed and the verifier is quick enough."""
    given = rows.options(argv, says=__doc__, full=10_000, quick=1100)
    if given.mutants:
        return _told_of_mutants(mutants(given.seed))
    by_sql = max(len(SQL), given.tries * 3 // 100)
    return max(
        _told(given.tries, given.seed),
        _told_by_sql(by_sql, given.seed),
        _told_of_speed(given.seed),
    )


def _told(times: int, seed: int) -> int:
    done, unseen = missed(times, seed)
    kinds = ", ".join(f"{kind} {done[kind]}" for kind in KINDS)
    return rows.tell(
        "TP-L2", target=f"0 of {times:,} missed", seed=seed, passed=not unseen.total(),
        measured=f"{unseen.total()} missed {dict(unseen) or ''} ({kinds})",
    )  # fmt: skip


def _told_by_sql(times: int, seed: int) -> int:
    with scratch():
        unseen = missed_on_a_database(times, seed)
    return rows.tell(
        "TP-L2-SQL", target=f"0 of {times} missed", seed=seed, passed=not unseen.total(),
        measured=f"{unseen.total()} missed {dict(unseen) or ''} ({len(SQL)} kinds by turns)",
    )  # fmt: skip


def _told_of_speed(seed: int) -> int:
    speed = rows_a_second()
    return rows.tell(
        "TP-L2-SPEED", target=f"{SPEED:,} entries a second", measured=f"{speed:,.0f}",
        passed=speed >= SPEED, seed=seed,
    )  # fmt: skip


def _told_of_mutants(unnoticed: list[str]) -> int:
    return max(
        rows.tell_mutant("TP-L2", f"{guard} of the verifier", red=guard not in unnoticed)
        for guard in ONLY_FOUND_BY
    )


if __name__ == "__main__":
    sys.exit(main())
