"""The authorisation matrix, every cell: by page and API, at SQL, and without filters (TP-A).

The tables are ``tests/safeguards/matrix/*.csv``; the tests run the same cells. There is nothing to
draw by chance in them: a seed is told because every row tells one.

    python -m benchmarks.authorisation
    python -m benchmarks.authorisation --mutants

``--quick`` leaves out all relations but *own*, *other* and *ended*.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import rows
from benchmarks.scratch import admin, scratch

PROOF, QUICK = "TP-A", ("own", "other", "ended")


def main(argv: list[str] | None = None) -> int:
    """Try every cell on a database of its own, or show that each mutant goes red."""
    given = rows.options(argv, says=__doc__, full=1, quick=1)
    with scratch():
        from tests.safeguards import cells, forgotten, rows_seen

        if given.mutants:
            return mutants()
        some: tuple[str, ...] = QUICK if given.quick else cells.RELATIONS
        at_sql = [r for r in some if r not in ("sealed", "shredded")]  # rows are there, and sealed
        worst = _told(PROOF, cells.tried, some, given.seed)
        worst |= _told(f"{PROOF}-SQL", rows_seen.at_sql, at_sql, given.seed)
        closed = ["other", "ended"]
        return worst | _told(f"{PROOF}-FILTER", forgotten.without_filters, closed, given.seed)


def _told(
    proof: str, tried: Callable[[str], Any], relations: tuple[str, ...] | list[str], seed: int
) -> int:
    """Try each relation and print the row; what was unexpected goes to a reader."""
    found = [undone(tried, relation) for relation in relations]
    allows = [words for one in found for words in one.allows]
    denials = [words for one in found for words in one.denials]
    for words in (*allows, *denials):
        print(f"  {words}", file=sys.stderr)
    return rows.tell(
        proof, target="0 unexpected allows, 0 unexpected denials", seed=seed,
        measured=f"{sum(one.tried for one in found):,} cells ({', '.join(relations)}): "
        f"{len(allows)} unexpected allows, {len(denials)} unexpected denials",
        passed=not allows and not denials,
    )  # fmt: skip


def undone(tried: Callable[[str], Any], relation: str) -> Any:
    """Try one relation in a transaction, as a test does, and undo what was set up for it."""
    from django.db import transaction

    with transaction.atomic():
        found = tried(relation)
        transaction.set_rollback(True)
    return found


@contextmanager
def _open_to_all(table: str) -> Iterator[None]:
    """Let the policy of one table show every row to every officer."""
    rule = "select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'by_grant'"
    with admin() as link:
        ((kept,),) = link.execute(f"{rule} and polrelid = '{table}'::regclass").fetchall()
        link.execute(f"alter policy by_grant on {table} using (true)")
        try:
            yield
        finally:
            link.execute(f"alter policy by_grant on {table} using ({kept})")


@contextmanager
def _purpose_forgotten() -> Iterator[None]:
    """Let every page of a case believe that it is open for every purpose."""
    from tests.safeguards.forgotten import PURPOSE_OF_A_PAGE, filters_forgotten

    with filters_forgotten(PURPOSE_OF_A_PAGE):
        yield


def mutants() -> int:
    """Forget for what a case is open; let the policy of one table show all its rows."""
    from tests.safeguards import cells, forgotten, rows_seen

    worst = 0
    for proof, name, guard, tried, relation in (
        (PROOF, "pages forget for which purpose a case is open", _purpose_forgotten, cells.tried,
         "granted"),
        (f"{PROOF}-FILTER", "the policy of proceedings shows all of them",
         lambda: _open_to_all("justice_proceeding"),
         forgotten.without_filters, "ended"),
        (f"{PROOF}-SQL", "the policy of one table shows all its rows",
         lambda: _open_to_all("screening_screening"), rows_seen.at_sql, "ended"),
    ):  # fmt: skip
        guarded = not undone(tried, relation).allows  # green before the guard is taken out
        with guard():
            allows = undone(tried, relation).allows
        print(f"{name}: {len(allows)} let in", file=sys.stderr)
        worst |= rows.tell_mutant(proof, name, red=guarded and bool(allows))
    return worst


if __name__ == "__main__":
    sys.exit(main())
