"""Records of persons as agencies hand them in, read from a CSV file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

COLUMNS = (
    "record_id", "source", "family_name", "given_name", "full_name", "name_km", "sex",
    "birth_date", "birth_year", "age", "age_on", "nationality", "national_id", "phone",
    "father_name", "mother_name", "village_code", "commune_code", "district_code",
    "province_code", "place_text", "event_date",
)  # fmt: skip
REQUIRED = ("record_id", "source")
Record = Mapping[str, str]


def read_records(text: str, name: str = "records") -> list[Record]:
    r"""Read records from the text of a CSV file called ``name``, in its order.

    Each has every one of ``COLUMNS``, "" where nothing is written; other columns are left
    out. Raises ``WrongInput`` naming row and column: no record_id or source, a record of one
    source twice, a column twice, a row longer than the header.

    >>> read_records("record_id,source,sex\n7,police,f\n")[0]["sex"]
    'f'
    """
    records: dict[tuple[str, str], Record] = {}
    for where, row in named_rows(text, name, REQUIRED):
        record = _record(row, where)
        key = record["source"], record["record_id"]
        if key in records:
            raise WrongInput(
                f"{where}, column record_id: {key[1]!r} of {key[0]} is there twice; "
                "expected an id of its own for each record of a source"
            )
        records[key] = record
    if not records:
        raise WrongInput(f"{name}: holds no records; expected one person a row")
    return list(records.values())


def called(ids: Sequence[tuple[str, str]]) -> list[str]:
    """Return what pairs call each (source, record_id): the id, where several have it with source.

    >>> called([("police", "1"), ("shelters", "1"), ("shelters", "2")])
    ['police:1', 'shelters:1', '2']
    """
    many = Counter(record_id for _, record_id in ids)
    return [f"{source}:{one}" if many[one] > 1 else one for source, one in ids]


def _record(row: dict[str, str], where: str) -> Record:
    record = {column: row.get(column, "") for column in COLUMNS}
    for column in REQUIRED:
        if not record[column]:
            raise WrongInput(f"{where}, column {column}: is empty; expected a value")
    return MappingProxyType(record)
