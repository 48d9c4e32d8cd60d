"""Row-level security for tables that speak of a person or an accused, as migration steps.

Policies name the purposes for which a row may be seen and the class of what it tells, so that a
provider's grant does not open the screening, a prosecutor's does not open the support plan, and
a grant without the class of a table opens no row of it. The owner of the tables
passes only with ``mekhala.maintenance`` set on: migrations, the invented country, backups.
"""

from collections.abc import Mapping, Sequence

from django.db.migrations import RunSQL

ERASED = r"\x00"  # one byte: something was sealed here, and nobody can open it again
_ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
# "offset 0" keeps PostgreSQL from reading every grant of an officer into a hash before it shows
# one row: each row is looked up by the index of the grants instead (measured: 15 ms → 1 ms).
_MAINTENANCE = """
create policy maintenance on {table} to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
"""


def granted(number: str, *purposes: str, field_class: str | None = None) -> str:
    """Return the rule: a live grant of the actor on file ``number`` for one of ``purposes``.

    ``field_class`` is the class the row tells of, or an expression of SQL that gives it in
    parentheses. None: whatever the grant opens (migrations from before there were classes).
    """
    words = ", ".join(f"'{purpose}'" for purpose in purposes)
    return f"""exists (select 1 from access_grant g
      where g.officer_id = {_ACTOR} and g.file_number = {number}
        and g.purpose in ({words}){_with_class(field_class)} and g.until > now() offset 0)"""


def _with_class(field_class: str | None) -> str:
    if field_class is None:
        return ""
    asked = field_class if field_class.startswith("(") else f"'{field_class}'"
    return f" and {asked} = any (g.field_classes)"


def open_by_grant(
    table: str, column: str, *purposes: str, field_class: str | None = None
) -> RunSQL:
    """Guard ``table``: a row is there for officers with a live grant on the file in ``column``.

    ``field_class`` is the class the table tells of; a table of a person needs one.
    """
    return guard(table, granted(f"{table}.{column}", *purposes, field_class=field_class))


def open_by_class(
    table: str, column: str, *purposes: str, field_class: str, own: str = ""
) -> RunSQL:
    """Guard a guarded ``table`` anew, by class; ``own`` names the column of who wrote a row.

    What officers wrote themselves they may read while the file is open to them at all.
    """
    rule = granted(f"{table}.{column}", *purposes, field_class=field_class)
    if own:
        held = granted(f"{table}.{column}", *purposes)
        rule = f"{rule} or {table}.{own} = {_ACTOR} and {held}"
    return changed_guard(table, "by_grant", rule)


def changed_guard(table: str, policy: str, rule: str, *, what: str = "all") -> RunSQL:
    """Give a policy of ``table`` another rule; ``what``: all, select or insert. No way back."""
    parts = {
        "all": f"using ({rule}) with check ({rule})",
        "select": f"using ({rule})",
        "insert": f"with check ({rule})",
    }
    return RunSQL(f"alter policy {policy} on {table} {parts[what]}", RunSQL.noop)


def open_with_parent(table: str, column: str, parent: str, key: str = "id") -> RunSQL:
    """Guard ``table``: a row is there for whom its row in ``parent`` is there."""
    return guard(table, f"exists (select 1 from {parent} p where p.{key} = {table}.{column})")


def guard(table: str, rule: str) -> RunSQL:
    """Force row security on ``table`` with ``rule`` as its one policy for the application.

    Nothing of a person is deleted by the application: what was wrong is withdrawn or ended.
    """
    return RunSQL(
        f"alter table {table} enable row level security;"
        f"alter table {table} force row level security;"
        f"create policy by_grant on {table} to mekhala_app using ({rule}) with check ({rule});"
        f"revoke delete, truncate on {table} from mekhala_app;" + _MAINTENANCE.format(table=table),
        f"drop policy by_grant on {table}; drop policy maintenance on {table};"
        f"grant delete on {table} to mekhala_app;"
        f"alter table {table} no force row level security;"
        f"alter table {table} disable row level security;",
    )


def append_only(table: str) -> RunSQL:
    """Let the application add rows to ``table`` and never change or take any away."""
    return RunSQL(
        f"""
        revoke update, delete, truncate on {table} from mekhala_app;
        create or replace function refuse_change() returns trigger language plpgsql as $$
        begin raise insufficient_privilege using
          message = tg_table_name || ' is append-only'; end $$;
        create trigger no_change before update or delete on {table}
          for each row execute function refuse_change();
        create trigger no_truncate before truncate on {table}
          for each statement execute function refuse_change();
        """,
        f"drop trigger no_change on {table}; drop trigger no_truncate on {table};",
    )


def changed_function(signature: str, before: str, after: str) -> RunSQL:
    """Put ``after`` in the place of ``before`` in the text of a function as it stands now.

    What other migrations changed in it stays. Fails where ``before`` is not there exactly once.
    """

    def change(old: str, new: str) -> str:
        return f"""do $change$
declare said text := pg_get_functiondef('{signature}'::regprocedure);
begin
  if (length(said) - length(replace(said, $old${old}$old$, ''))) <> length($old${old}$old$) then
    raise exception '{signature} has changed: look at what it counts';
  end if;
  execute replace(said, $old${old}$old$, $new${new}$new$);
end $change$;"""

    return RunSQL(change(before, after), change(after, before))


def erasable(table: str) -> RunSQL:
    """Let what is append-only be erased, by the database's own function and in no other way."""
    return RunSQL(
        f"drop trigger no_change on {table}; create trigger no_change before update or delete"
        f" on {table} for each row execute function refuse_change_unless_erased();",
        f"drop trigger no_change on {table}; create trigger no_change before update or delete"
        f" on {table} for each row execute function refuse_change();",
    )


def blank(*columns: str) -> str:
    """Return the assignment that leaves one mark where something sealed was, nothing elsewhere."""
    return ", ".join(f"{c} = case when {c} = '' then {c} else '{ERASED}' end" for c in columns)


def erases(room: str, parts: Mapping[str, Sequence[str]]) -> list[RunSQL]:
    """Make one function for each kind of record of which ``room`` erases something.

    ``parts`` are statements by kind, ``erasure.PARTS`` of the room; ``of_number`` in them is the
    number that is erased, ``kept_since`` when what is older goes. Nobody but
    the owner of the tables may call them: ``retention_erase`` does, when the time is over.
    """
    return [erases_kind(f"{room}_erase_{kind}", kind, steps) for kind, steps in parts.items()]


def erases_kind(name: str, kind: str, steps: Sequence[str]) -> RunSQL:
    """Make, or make anew, the function ``name`` that erases one kind of record."""
    return RunSQL(
        f"create or replace function {name}(of_number text, kept_since timestamptz)"
        f" returns integer language plpgsql as $erase${erasing_body(steps)}$erase$;"
        f"alter function {name}(text, timestamptz) set search_path = pg_catalog, public, pg_temp;"
        f"revoke all on function {name}(text, timestamptz) from public;"
        f"insert into retention_part (kind, function) values ('{kind}', '{name}')"
        " on conflict do nothing;",
        f"delete from retention_part where function = '{name}';"
        f"drop function {name}(text, timestamptz);",
    )


def erasing_body(steps: Sequence[str]) -> str:
    """Return the body of such a function: each step, and how many rows all changed."""
    counted = "get diagnostics changed = row_count; total := total + changed;"
    return (
        " declare changed integer; total integer := 0; begin "
        + " ".join(f"{step}; {counted}" for step in steps)
        + " return total; end "
    )
