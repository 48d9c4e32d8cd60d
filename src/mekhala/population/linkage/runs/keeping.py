"""Writing what a run found: thousands of rows with one statement, numbers and codes only."""

import json
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from django.db import connection

from mekhala.population.linkage.models import Kept, LinkageRun
from mekhala.population.linkage.runs.linking import Found
from mekhala.population.linkage.runs.linking_tokens import is_of_tokens

AT_ONCE = 5000
PAIRS = """insert into linkage_linkedpair
  (run_id, "left", "right", probability, is_uncertain, levels)
select %s, g.* from unnest(%s::bigint[], %s::bigint[], %s::float8[], %s::bool[], %s::jsonb[]) g"""
RECORDS = """insert into linkage_linkedrecord (run_id, record, source, person, year)
select %s, g.* from unnest(%s::bigint[], %s::text[], %s::int[], %s::smallint[]) g"""
# In an order that says nothing of a pair: the reviewers see no row of likely ones first.
REVIEW = """insert into linkage_reviewpair (run_id, pair_id, place, state, outcome)
select p.run_id, p.id, row_number() over (order by md5(%s || '/' || p.id)), 'open', ''
from linkage_linkedpair p where p.run_id = %s and (p.is_uncertain
  or (p."left", p."right") in (select * from unnest(%s::bigint[], %s::bigint[])))
  and not exists (select from linkage_linkedrecord k where k.run_id = p.run_id
    and k.record in (p."left", p."right") and k.source = any(%s::text[]))"""
SAMPLE = """insert into linkage_sampledpair (run_id, pair_id, stratum, "of", weight, times, groups)
select p.run_id, p.id, g.stratum, g.draws, g.weight, g.times, g.groups
from linkage_linkedpair p join unnest(%s::bigint[], %s::bigint[], %s::text[], %s::int[],
  %s::float8[], %s::int[], %s::jsonb[]) as g(a, b, stratum, draws, weight, times, groups)
  on p."left" = g.a and p."right" = g.b where p.run_id = %s"""
SETTLED = """insert into linkage_settledrecord (settlement_id, record, source, person)
select %s, g.* from unnest(%s::bigint[], %s::text[], %s::int[]) g"""


def keep(run: LinkageRun, found: Found) -> int:
    """Keep pairs and people of a run; return how many pairs are to be reviewed."""
    _write(PAIRS, run.pk, (
        (*pair, chance, chance < run.threshold, json.dumps(found.levels.get(pair, [])))
        for pair, chance in found.pairs
    ))  # fmt: skip
    _write(RECORDS, run.pk, (
        (record, found.sources[record], person, found.years.get(record))
        for record, person in found.people.items()
    ))  # fmt: skip
    if is_of_tokens(run):  # nobody can read them
        return 0
    _keep_sample(run, found)
    drawn = [list(ends) for ends in zip(*found.drawn, strict=True)] or [[], []]
    unreadable = sorted({o["source"] for o in run.lists if o.get("kept") == Kept.PAIRS})
    with connection.cursor() as cursor:
        cursor.execute(REVIEW, [str(run.seed), run.pk, *drawn, unreadable])
        return int(cursor.rowcount)


def _keep_sample(run: LinkageRun, found: Found) -> None:
    """Keep the drawn pairs; those the linker did not tell are pairs of probability 0."""
    told = {pair for pair, _chance in found.pairs}
    _write(PAIRS, run.pk, (
        (*pair, 0.0, False, json.dumps(found.levels.get(pair, [])))
        for pair in found.drawn if pair not in told
    ))  # fmt: skip
    rows = (
        (*pair, one.stratum, one.of, one.weight, one.times, json.dumps(one.groups))
        for pair, one in found.drawn.items()
    )
    with connection.cursor() as cursor:
        for part in batched(rows, AT_ONCE):
            cursor.execute(SAMPLE, [*map(list, zip(*part, strict=True)), run.pk])


def keep_settled(settlement_id: int, rows: Iterable[tuple[int, str, int]]) -> None:
    """Keep whom each record was taken for in the end: (record, source, person)."""
    _write(SETTLED, settlement_id, rows)


def _write(statement: str, owner: int, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        for part in batched(rows, AT_ONCE):
            cursor.execute(statement, [owner, *map(list, zip(*part, strict=True))])
