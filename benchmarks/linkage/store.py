"""A store of invented people whose names lie sealed: for measuring how somebody is found again.

Each record of the invented country's registers becomes a case with a name of its own, sealed
through the vault (``identity.services.sealed``: a data key for each person, wrapped by the key
service, and blind keys), and written with COPY. The index over blind keys is built at the end.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

AT_ONCE = 5000
PER_PERSON = 2.2  # true people of whom, with this many more, enough records come
INDEX = (
    "create index blind_keys_shared on identity_blindkeys using gin (keys) with (fastupdate=off)"
)


def records(count: int, seed: int) -> Iterator[Any]:
    """Yield ``count`` records of the registers, each with whom it truly is."""
    from mekhala.sample.registers import registers

    return itertools.islice(registers(max(1000, int(count * PER_PERSON)), seed), count)


def name_of(record: Mapping[str, str], number: str) -> Any:
    """Return a record of a list as a name in the vault."""
    from mekhala.safeguards.identity.services import Name

    parts = (record.get("family_name", ""), record.get("given_name", ""))
    place = next((code for level in ("village", "commune", "district", "province")
                  if (code := record.get(f"{level}_code", ""))), "")  # fmt: skip
    return Name(
        number, number, native_name=record.get("name_km", ""),
        latin_name=record.get("full_name", "") or " ".join(filter(None, parts)),
        birth_date=record.get("birth_date", "") or record.get("birth_year", ""),
        national_id=record.get("national_id", ""), phone=record.get("phone", ""),
        village_code=place if place.isdecimal() else "",
    )  # fmt: skip


def as_kept(record: Mapping[str, str], number: str) -> Mapping[str, str]:
    """Return a record as the linker reads what is kept of it: no more than the vault holds."""
    from mekhala.safeguards.identity.blind_keys import record_of

    sex = {"male": "M", "female": "F"}.get(record.get("sex", ""), "")
    return record_of(vars(name_of(record, number)), sex=sex)


def fill(found: Iterator[Any], told: Callable[[int], object]) -> float:
    """Keep each record as the case MK-0, MK-1, … in order; return the seconds it took.

    Rows are copied as the server's superuser: COPY does not go through row security.
    """
    from benchmarks.scratch import admin
    from tests.builders import agency, officer

    began, done = time.perf_counter(), 0
    keeper = officer(at=agency())
    with admin() as link, link.cursor() as cursor:
        cursor.execute("drop index blind_keys_shared")
        cursor.execute("set session_replication_role = replica")  # no look at each foreign key
        for part in itertools.batched(found, AT_ONCE):
            done = _keep(cursor, part, done, keeper)
            told(done)
        cursor.execute("set maintenance_work_mem = '512MB'")
        cursor.execute(INDEX)
        cursor.execute("vacuum analyze")
        cursor.execute("checkpoint")
    return time.perf_counter() - began


def _keep(cursor: Any, part: Sequence[Any], first: int, keeper: Any) -> int:
    """Seal and copy some records, numbered from ``first``; return the number after them."""
    from mekhala.safeguards.access import held
    from mekhala.safeguards.identity.services import sealed

    names = [name_of(r.record, f"MK-{first + n}") for n, r in enumerate(part)]
    with held.holding():
        several = sealed(names)
    _copy(cursor, "encounter_case", _cases(part, names, keeper))
    for rows in several:
        _copy_rows(cursor, rows)
    return first + len(part)


def _cases(part: Sequence[Any], names: Sequence[Any], keeper: Any) -> dict[str, list[Any]]:
    from tests.builders import NOW

    n = len(part)
    sex = {"male": "male", "female": "female"}
    return {
        "number": [name.subject for name in names], "opened_at": [NOW] * n,
        "opened_by_id": [keeper.pk] * n, "agency_id": [keeper.agency_id] * n,
        "sex": [sex.get(r.record.get("sex", ""), "unknown") for r in part],
        "age_certainty": ["unknown"] * n, "nationality": [""] * n, "language": [""] * n,
        "closed_because": [""] * n, "closed_despite": [[]] * n,
    }  # fmt: skip


def _copy_rows(cursor: Any, rows: Sequence[Any]) -> None:
    columns = [f for f in rows[0]._meta.concrete_fields if not (f.name == "id" and f.primary_key)]
    values = {f.column: [getattr(row, f.attname) for row in rows] for f in columns}
    _copy(cursor, rows[0]._meta.db_table, values)


def _copy(cursor: Any, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    statement = f"copy {table} ({', '.join(columns)}) from stdin with (format text)"
    with cursor.copy(statement) as copy:
        for row in zip(*columns.values(), strict=True):
            copy.write_row(row)
