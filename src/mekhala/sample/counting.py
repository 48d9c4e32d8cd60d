"""The steps of the main job about numbers of people: lists, estimates, claims, the table."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from mekhala.core.table_cells import csv_text
from mekhala.population.claims import services as claim_room
from mekhala.population.estimates import services as estimates
from mekhala.population.estimates.models import Method
from mekhala.population.linkage import services as linkage
from mekhala.population.publication import services as publication
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role

from .lists import ListedRecords, lists
from .people import people

if TYPE_CHECKING:
    from mekhala.population.linkage.models import OverlapTable
    from mekhala.safeguards.access.models import Officer

    from .main_job import Job

REPLICATES = 200


def _statistician(job: Job) -> Officer:
    return job.cast.officer("st-01", role=Role.STATISTICIAN)


def _known(job: Job) -> ListedRecords:
    return lists(people(job.people, job.seed), job.seed)


def link(job: Job) -> dict[str, Any]:
    """Take each agency's list, keep tokens only, and join them."""
    listed, officer = _known(job), _statistician(job)
    with acting_for(officer.pk):
        for source in listed.sources:
            linkage.take_list(
                _as_csv(listed, source), f"{source}.csv", source, by=officer, at=job.now
            )
        table = linkage.join(by=officer, at=job.now)
    return {
        "lists": len(table.lists), "records": table.records, "people": table.people,
        "people_in_truth": listed.listed,
    }  # fmt: skip


def _as_csv(listed: ListedRecords, source: str) -> str:
    rows = [r for r in listed.records if r["source"] == source]
    return csv_text([list(rows[0]), *(list(row.values()) for row in rows)])


def estimate(job: Job) -> dict[str, Any]:
    """Estimate how many were on no list, and say what the truth is in this country."""
    officer = _statistician(job)
    with acting_for(officer.pk):
        run = estimates.ask_run(
            _newest_table(), Method.ALL, bootstrap=REPLICATES, seed=job.seed, by=officer, at=job.now
        )
        done = estimates.run_now(run, at=job.now)
    found = (done.result or {}).get("estimates", [])
    keys = ("method", "estimate", "low", "high")
    return {"truth": _known(job).victims, "methods": [{k: e[k] for k in keys} for e in found]}


def _newest_table() -> OverlapTable:
    from mekhala.population.linkage.models import OverlapTable

    return OverlapTable.objects.latest("made_at", "id")


def claims(job: Job) -> dict[str, Any]:
    """Load published figures and where they come from."""
    officer = _statistician(job)
    text = resources.files(__package__).joinpath("claims.csv").read_text(encoding="utf-8")
    with acting_for(officer.pk):
        loaded = claim_room.load(text, "claims.csv", by=officer, at=job.now)
    return {"claims": loaded.added}


def publish(job: Job) -> dict[str, Any]:
    """Release last year's table after disclosure control."""
    officer, today = _statistician(job), job.now.date()
    year = today.year - 1
    with acting_for(officer.pk):
        counted = linkage.take_register(year, year, by=officer, at=job.now)
        draft = publication.build_table(year, by=officer, on=today)
        table = publication.release(draft, by=officer, at=job.now, on=today)
    return {"table": table.slug, "people": counted, "cells": len(table.cells), **table.withheld}
