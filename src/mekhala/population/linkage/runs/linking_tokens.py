"""Runs over tokens that agencies made themselves: linked by likeness, without a name or a date.

Nobody can read a token, so nothing of such a run is reviewed: a pair that is not certain goes on to
the estimates with its probability, and joins nobody.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mekhala.population.linkage import records
from mekhala.population.linkage.models import AgencyList, Kept, LinkageRun
from mekhala.population.linkage.runs.linking import DIGITS, Found, Tell, distinct_of, numbered
from mekhala.safeguards.access.acting import acting_for

NO_TOKEN = [["", ""]]


def is_of_tokens(run: LinkageRun) -> bool:
    """Return whether the lists of a run are tokens; all it compares are of one kind."""
    kinds = {one.get("kept") for one in compared_here(run)}
    return kinds == {Kept.ENCODED}


def compared_here(run: LinkageRun) -> list[dict[str, Any]]:
    """Return the lists of a run whose records are compared here: all but pair numbers."""
    return [one for one in run.lists if one.get("kept") != Kept.PAIRS]


def linked_tokens(run: LinkageRun, tell: Tell, *, at: datetime) -> Found:
    """Link the tokens of a run; they are opened for who asked, one list after the other."""
    from mekhala.core.matching.encoding.linking import CENTRE, SLOPE, link_tokens
    from mekhala.core.matching.encoding.token_file import tokens_of_rows

    sources: dict[int, str] = {}
    with acting_for(run.asked_by_id):
        rows = list(_rows(run, sources, at=at))
        made_by = AgencyList.objects.get(pk=compared_here(run)[0]["id"]).made_by
    tokens = tokens_of_rows(rows, int(made_by["length"]))
    linked = link_tokens(
        tokens, threshold=run.threshold, review_from=run.review_from, distinct=distinct_of(run),
        progress=tell,
    )  # fmt: skip
    numbers = [int(record) for _source, record in tokens.records]
    pairs = [((numbers[a], numbers[b]), round(chance, DIGITS)) for a, b, chance in linked.pairs]
    return Found(
        pairs=sorted((p if p[0] < p[1] else p[::-1], chance) for p, chance in pairs),
        people=numbered(linked.people), sources=sources, years={}, levels={},
        model=json.dumps({"likeness": {"centre": CENTRE, "slope": SLOPE}, "tokens": made_by}),
        unlinkable=tokens.without,
    )  # fmt: skip


def _rows(run: LinkageRun, sources: dict[int, str], *, at: datetime) -> Iterator[dict[str, str]]:
    """A row for each token, under the record's number; one with empty cells where it has none."""
    for one in compared_here(run):
        taken = AgencyList.objects.get(pk=one["id"])
        for number, said in records.tokens_of(taken, by=run.asked_by, at=at):
            sources[number] = taken.source
            held: Any = said["tokens"] or NO_TOKEN
            for block, bits in held:
                yield {"record_id": str(number), "source": taken.source, "block": block,
                       "bits": bits}  # fmt: skip
