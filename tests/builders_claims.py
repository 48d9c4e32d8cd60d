"""Invented published figures."""

import csv
import io
from datetime import UTC, datetime

from mekhala.population.claims import services
from mekhala.safeguards.access.purposes import Role
from tests.builders import officer

AT = datetime.now(UTC)
COLUMNS = [
    "claim_id", "seed_file", "quantity", "population_definition", "place", "period", "value",
    "unit", "method", "source_cited", "sources_that_repeat_it", "note", "chain",
    "superseded_by", "part_of",
]  # fmt: skip


def row(claim_id, **more):
    """Return one invented figure: counted by a survey in an invented land unless said otherwise."""
    usual = {
        "quantity": "Workers in kilns", "population_definition": "adults seen at work",
        "place": "Mekhala Land", "period": "2019", "value": "240", "unit": "persons",
        "method": "survey", "source_cited": "Invented Survey 2019",
    }  # fmt: skip
    return {"claim_id": claim_id} | usual | more


def repeated():
    """Return a count, a document that repeats it, a figure nobody counted, and one apart."""
    return [
        row("A-1", sources_that_repeat_it="B", chain="C-KILNS"),
        row("B-7", method="unsourced", source_cited="", chain="C-KILNS",
            population_definition="slaves"),
        row("B-8", value="9000", method="unsourced", source_cited="", chain="C-KILNS"),
        row("B-9", quantity="Boats", unit="boats", population_definition="boats seen"),
    ]  # fmt: skip


def wrong_mean():
    """Return a mean age above those of the women and of the men."""
    years = {"unit": "years", "place": "Kiln Valley"}
    return [
        row("A-1", quantity="Mean age", value="38.5", population_definition="of 50", **years),
        row("A-2", quantity="Mean age, women", value="30", population_definition="of 20", **years),
        row("A-3", quantity="Mean age, men", value="34", population_definition="of 30", **years),
    ]


def text(rows):
    """Return rows as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def statistician():
    """Return an invented statistician."""
    return officer(Role.STATISTICIAN)


def loaded(rows, by=None):
    """Load rows as an invented statistician."""
    return services.load(text(rows), "claims.csv", by=by or statistician(), at=AT)
