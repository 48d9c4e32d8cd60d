"""A mapping proposed for a header nobody has mapped: for a person to look at, never used unseen."""

from mekhala.core.matching.mapping import ColumnMapping, as_toml, plain_head, read_mapping, shipped
from mekhala.core.matching.taking.files import Given, header_of
from mekhala.core.wrong_input import WrongInput


def proposed(given: Given) -> ColumnMapping:
    """Return a mapping of the columns of ``given`` that are known by name, as generic.toml does.

    Columns of the file that fit nothing stand in no line. Raises ``WrongInput`` where there is no
    table or nothing in it is known.
    """
    generic = shipped()["generic"]
    table = header_of(given, generic)
    places = generic.places(table.header) if table else {}
    if table is None or not places:
        raise WrongInput(
            f"{given.name}: has no column known by name; expected a header, or a mapping of it"
        )
    columns = {c: [" ".join(table.header[p].split())] for c, p in places.items()}
    columns = {c: heads for c, heads in columns.items() if plain_head(heads[0])}
    more: dict[str, str | bool] = {"sheet": table.sheet} if table.sheet else {}
    if "record_id" not in columns:
        more["number_rows"] = True
    return read_mapping(
        as_toml(columns, title="Proposed from a header", **more), "proposed mapping"
    )


def left_out(given: Given, mapping: ColumnMapping) -> list[str]:
    """Return the columns of a file that a mapping does not read, as the sender calls them."""
    table = header_of(given, mapping)
    if table is None:
        return []
    read = set(mapping.places(table.header).values())
    heads = [" ".join(h.split())[:60] for n, h in enumerate(table.header) if n not in read]
    return [head for head in heads if head]
