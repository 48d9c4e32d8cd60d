"""Records of a file of other column names, all of it or nothing: for ``--columns MAP.toml``."""

from mekhala.core.matching.mapping import ColumnMapping
from mekhala.core.matching.records import COLUMNS, Record
from mekhala.core.matching.taking.files import Given, found_table, survey
from mekhala.core.matching.taking.judging import REASONS
from mekhala.core.wrong_input import WrongInput


def mapped_records(given: Given, mapping: ColumnMapping) -> list[Record]:
    """Return the records of a file as ``mapping`` reads it, each with every one of ``COLUMNS``.

    ``source`` is a column of the mapping or one of its constants. Raises ``WrongInput`` naming
    the first row that cannot be taken, or a record of one source that is there twice.
    """
    records: dict[tuple[str, str], Record] = {}
    for row in survey(found_table(given, mapping)).judged(""):
        place = f"{given.name}: row {row.row}" + (f", column {row.column}" if row.column else "")
        if row.record is None:
            raise WrongInput(f"{place}: {REASONS[row.reason]}; expected one person a row")
        key = row.record["source"], row.record["record_id"]
        if key in records:
            raise WrongInput(f"{place}: {key[1]!r} of {key[0]} is there twice; expected it once")
        records[key] = {column: row.record.get(column, "") for column in COLUMNS}
    if not records:
        raise WrongInput(f"{given.name}: holds no records; expected one person a row")
    return list(records.values())
