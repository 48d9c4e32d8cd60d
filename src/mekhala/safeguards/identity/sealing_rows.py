"""Sealing columns that lay in clear: migration steps for any room.

Each column is set aside, a sealed one takes its name, every row is sealed into it, and the clear
one goes; then the table is written anew (``cluster``), so that no page of it holds a word any
more. Without a key service nothing is changed. There is no way back: nothing opens everything.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import batched
from typing import Any

from django.core.management import CommandError
from django.db import migrations
from django.db.migrations.operations.base import Operation

from mekhala.safeguards.access import held
from mekhala.safeguards.identity import narrative
from mekhala.safeguards.identity.errors import CannotBeKeptNow
from mekhala.safeguards.identity.fields import Sealed

AT_ONCE = 1000
ASIDE = "_in_clear"
NO_SERVICE = (
    "what people said is kept in clear and no key service answers: start it, then migrate again"
)


def seal_columns(app: str, model: str, **fields: Sealed) -> list[Operation]:
    """Return the steps that seal columns of one model; ``fields`` are what they become."""
    table = f"{app}_{model}"
    return [
        *[migrations.RenameField(model, name, f"{name}{ASIDE}") for name in fields],
        *[_added(model, name, field) for name, field in fields.items()],
        migrations.RunPython(partial(_seal_rows, app=app, model=model, names=tuple(fields))),
        *[migrations.RemoveField(model, f"{name}{ASIDE}") for name in fields],
        migrations.RunSQL(f"cluster {table} using {table}_pkey"),
    ]


def _added(model: str, name: str, field: Sealed) -> Operation:
    """Return the step that adds a sealed column, empty in every row that stands."""
    if field.has_default():
        return migrations.AddField(model, name, field)
    empty = field.clone()
    empty.default = bytes
    return migrations.AddField(model, name, empty, preserve_default=False)


def _seal_rows(apps: Any, editor: Any, *, app: str, model: str, names: Sequence[str]) -> None:
    kind = apps.get_model(app, model)
    fields = [kind._meta.get_field(name) for name in names]
    table = kind._meta.db_table
    write = ", ".join(f"{name} = %s" for name in names)
    with editor.connection.cursor() as cursor, held.holding():
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        cursor.execute(f"set constraints all immediate; alter table {table} disable trigger user")
        for rows in batched(_rows(kind, fields), AT_ONCE):
            _make_keys(rows, fields)
            cursor.executemany(
                f"update {table} set {write} where {kind._meta.pk.column} = %s",
                [[*_sealed(row, fields), row.pk] for row in rows],
            )
        cursor.execute(f"alter table {table} enable trigger user")
        cursor.execute("select set_config('mekhala.maintenance', '', true)")


def _rows(kind: Any, fields: Sequence[Any]) -> Iterator[Any]:
    """Read every row, with the row through which it knows whom it is about."""
    found = kind._default_manager.order_by("pk")
    ways = {field.person.rpartition(".")[0] for field in fields} - {""}
    return iter(found.select_related(*ways) if ways else found)


def _make_keys(rows: Sequence[Any], fields: Sequence[Any]) -> None:
    """Make one data key for each person of these rows who has none to write with yet."""
    people = {fields[0].place(row).person for row in rows} - set(held.current().writing)
    try:
        narrative.prepare(sorted(people))
    except CannotBeKeptNow:
        raise CommandError(NO_SERVICE) from None


def _sealed(row: Any, fields: Sequence[Any]) -> list[bytes]:
    clear = [getattr(row, f"{field.name}{ASIDE}") for field in fields]
    return [bytes(f.sealed(row, said)) for f, said in zip(fields, clear, strict=True)]
