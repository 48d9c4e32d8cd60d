"""What the peers of the linker share: how a file is read, and what is told of a run."""

import json
import resource
from pathlib import Path

KHMER_DIGITS = "០១២៣៤៥៦៧៨៩"


def reading(table: str, path: Path) -> str:
    """Return the statement that reads a file of records as text, "" where nothing is written."""
    digits = ", ".join(
        f"translate({c}, '{KHMER_DIGITS}', '0123456789') as {c}"
        for c in ("birth_date", "birth_year")
    )
    return (
        f"create table {table} as select * replace ({digits}) from (select * from "
        f"read_csv('{path}', all_varchar = true, header = true, nullstr = '\x01'))"
    )


def write_summary(folder: Path, seconds: dict[str, float]) -> None:
    """Write ``summary.json``: seconds, of which which step, and the most memory held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    text = json.dumps({**{k: round(v, 2) for k, v in seconds.items()}, "peak_mb": peak}, indent=2)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
