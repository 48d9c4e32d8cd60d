"""Blind indexes: what lets a name be looked for while it lies nowhere it could be read.

Two blind indexes lie beside the sealed fields: of native name and birth together, and of the
national identity number; never of one field alone that has few values. The key service makes
them (``keys.lookups``). About six people of 100,000 share one (R-34).
"""

from collections.abc import Mapping

from mekhala.core.names.normal import normal_text
from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.identity.models import FIELDS
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import KeyServiceDown, Refused

PURPOSE = "find"  # what an index is for: under another purpose the same value is another
INDEXED = {"name_index": ("native_name", "birth_date"), "id_index": ("national_id",)}


def indexes(said: Mapping[str, str], *, actor: str) -> dict[str, int | None]:
    """Return the value of each index column that ``said`` touches; None where it is not known.

    An index of two fields, one of which is not said, is not known: it is made when the name is
    shown next. While the key service does not answer, or gives no more, none is known. A field
    said to be empty has no index.
    """
    found: dict[str, int | None] = {
        column: None for column, fields in INDEXED.items() if any(f in said for f in fields)
    }
    texts = {column: written(said, column) for column in found}
    try:
        return found | asked({c: text for c, text in texts.items() if text}, actor=actor)
    except (KeyServiceDown, Refused):
        return found


def column_of(fields: Mapping[str, str]) -> str:
    """Return the index that answers for these fields, both of them said."""
    said = {field for field, value in fields.items() if plain(field, value)}
    for column, needed in INDEXED.items():
        if len(said) == len(fields) == 2 and said <= set(FIELDS) and said >= set(needed):
            return column
    raise WrongInput("fields: expected native_name and birth_date, or national_id and another")


def asked(texts: Mapping[str, str], *, actor: str) -> dict[str, int | None]:
    """Return the index of each text, by column. Raises ``KeyServiceDown``, ``Refused``."""
    if not texts:
        return {}
    items = [{"field": column, "value": text} for column, text in texts.items()]
    answer = ask({"op": "index", "actor": actor, "purpose": PURPOSE, "items": items})
    return dict(zip(texts, answer["index"], strict=True))


def written(said: Mapping[str, str], column: str) -> str:
    """Return the fields of an index in one form; empty where one of them is not known."""
    parts = [plain(field, said.get(field, "")) for field in INDEXED[column]]
    return "\x1f".join(parts)[:1000] if all(parts) else ""


def plain(field: str, text: str) -> str:
    """Return what was said in the form in which it is compared; empty: not known."""
    said = normal_text(text) or ""
    return said.replace(" ", "") if field == "national_id" else said
