"""Uncertain pairs are read by two who do not see each other, and by a third where they differ.

Reviewers of two agencies say by chance what they please of every pair, ask for more, and try to
answer a pair twice; what the database makes of it is laid beside the rule of the core
(``core.matching.reviewed.joint``) and beside who ought to have read it.

    python -m benchmarks.linkage.review --tries 200
    python -m benchmarks.linkage.review --mutants
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks import rows
from benchmarks.scratch import admin, with_a_database

PROOF = "LINK-REVIEW"
PAIRS = 10  # of one run
DRAWN = 40  # pairs on which a mutant is tried
FAULTS = (
    "settled otherwise than the rule", "read twice by one", "a third of the same agency",
    "answers of others seen",
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Let pairs be reviewed and tell what went wrong; 0 if nothing did."""
    given = rows.options(argv, says=__doc__, full=200, quick=20)
    act = mutants if given.mutants else run
    return with_a_database(lambda: act(given.tries, given.seed))


def run(pairs: int, seed: int) -> int:
    """Review so many pairs on the database that is there, and say what was found."""
    found, read = reviewed(pairs, seed)
    return rows.tell(
        PROOF, target="each pair settled by two who agree, else by a third of another agency; "
        "nobody counts twice or sees what another said",
        measured=f"{read} pairs, {found['third']} with a third: "
        + ", ".join(f"{found[fault]} {fault}" for fault in FAULTS),
        passed=is_sound(found) and found["third"] > 0, seed=seed,
    )  # fmt: skip


def is_sound(found: Counter[str]) -> bool:
    """Whether none of the faults was found."""
    return not any(found[fault] for fault in FAULTS)


def reviewed(pairs: int, seed: int) -> tuple[Counter[str], int]:
    """Review runs of ``PAIRS`` pairs until so many are settled; count faults, and thirds."""
    draw, found, read = random.Random(seed), Counter[str](), 0
    while read < pairs:
        found += _of_one_run(draw)
        read += PAIRS
    return found, read


def _of_one_run(draw: random.Random) -> Counter[str]:
    from mekhala.safeguards.agencies.models import AgencyKind
    from tests.builders import agency
    from tests.builders_linkage_runs import in_review, reviewers

    run = in_review(pairs=PAIRS)
    board = [r for _ in range(2) for r in reviewers(run, 3, at=agency(AgencyKind.SOCIAL_AFFAIRS))]
    found, idle = Counter[str](), 0
    while idle < 2 * len(board):
        who = draw.choice(board)
        idle = 0 if _reads(run, who, draw, found) else idle + 1
    return found + _judged(run)


def _reads(run: Any, who: Any, draw: random.Random, found: Counter[str]) -> bool:
    """Read the next pair, look around, answer, and try to answer again; whether there was one."""
    from django.utils import timezone

    from mekhala.population.linkage.models import ReviewAnswer, SaidOfPair
    from mekhala.population.linkage.runs import queries
    from mekhala.population.linkage.runs import reviewing as acts
    from mekhala.safeguards.access.acting import acting_for

    with acting_for(who.pk):
        pair = queries.next_pair(run).review_pair
        found["answers of others seen"] += ReviewAnswer.objects.exclude(officer=who).count()
        if pair is None:
            return False
        acts.answer(run, pair, draw.choice(SaidOfPair.values), by=who, at=timezone.now())
    _again(run, pair, who)
    return True


def _again(run: Any, pair: int, who: Any) -> None:
    """Answer the same pair once more: it is to be refused, and is seen below where it is not."""
    from django.utils import timezone

    from mekhala.population.linkage.models import SaidOfPair
    from mekhala.population.linkage.runs import errors
    from mekhala.population.linkage.runs import reviewing as acts
    from mekhala.safeguards.access.acting import acting_for

    with acting_for(who.pk):
        try:
            acts.answer(run, pair, SaidOfPair.SAME, by=who, at=timezone.now())
        except errors.AnsweredMeanwhile:
            return


def _judged(run: Any) -> Counter[str]:
    """Lay what the database settled beside the rule, as the tables' superuser reads it."""
    from mekhala.core.matching.reviewed import Answer, joint

    given: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    with admin() as link:
        for pair, *answer in link.execute(
            "select a.review_pair_id, a.officer_id, o.agency_id, a.said from linkage_reviewanswer a"
            " join access_officer o on o.id = a.officer_id join linkage_reviewpair p"
            " on p.id = a.review_pair_id where p.run_id = %s order by a.id", [run.pk]
        ).fetchall():  # fmt: skip
            given[pair].append(tuple(answer))
        settled = link.execute(
            "select id, outcome from linkage_reviewpair where run_id = %s", [run.pk]
        ).fetchall()
    found = Counter[str]()
    for pair, outcome in settled:
        who, agencies, said = zip(*given[pair], strict=True) if given[pair] else ((), (), ())
        rule = joint([Answer(word) for word in said])
        found["third"] += len(said) > 2
        found[FAULTS[0]] += outcome != (rule.value if rule else "")
        found[FAULTS[1]] += len(set(who)) < len(who)
        found[FAULTS[2]] += len(said) > 2 and agencies[2] in agencies[:2] and len(set(agencies)) < 2
    return found


@contextmanager
def _anybody_answers_again() -> Iterator[None]:
    """Take away what refuses a second answer: for good, since there are then such answers."""
    with admin() as link:
        link.execute("alter table linkage_reviewanswer disable trigger allowed")
        link.execute("drop index review_answer_once_each")
    yield


@contextmanager
def _function_says(name: str, was: str, now: str) -> Iterator[None]:
    """Put other words into a function of the database, and take them out again."""
    with admin() as link:
        (made,) = link.execute(
            "select pg_get_functiondef(oid) from pg_proc where proname = %s", [name]
        ).fetchone()
        assert was in made, name
        link.execute(made.replace(was, now))
        try:
            yield
        finally:
            link.execute(made)


@contextmanager
def _answers_open_to_all() -> Iterator[None]:
    with admin() as link:
        rule = "alter policy own_until_closed on linkage_reviewanswer using ({})"
        ((kept,),) = link.execute(
            "select pg_get_expr(polqual, polrelid) from pg_policy where polname = %s",
            ["own_until_closed"],
        ).fetchall()
        link.execute(rule.format("true"))
        try:
            yield
        finally:
            link.execute(rule.format(kept))


def mutants(_pairs: int, seed: int) -> int:
    """Take out, one after the other, what keeps reviewers apart and from counting twice."""
    guarded = is_sound(reviewed(DRAWN, seed)[0])  # green before a guard is taken out
    worst = 0
    for name, guard in (
        ("of two who differ the first decides", _function_says(
            "linkage_answer_counted", "when most >= 2", "when given >= 2")),
        ("a third may be of the agency of the two", _function_says(
            "linkage_may_be_third", "select exists", "select true or exists")),
        ("a reviewer sees what others said", _answers_open_to_all()),
        ("one reviewer may answer a pair twice", _anybody_answers_again()),
    ):  # fmt: skip
        with guard:
            found, _ = reviewed(DRAWN, seed)
        print(f"{name}: {dict(found)}", file=sys.stderr)
        worst |= rows.tell_mutant(PROOF, name, red=guarded and not is_sound(found))
    return worst


if __name__ == "__main__":
    sys.exit(main())
