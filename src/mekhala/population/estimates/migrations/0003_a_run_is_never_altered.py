"""What was asked never changes; a finished run or repeat changes in nothing; nothing is deleted."""

from django.db import migrations

from mekhala.safeguards.guards import append_only

KEPT = """
revoke delete, truncate on {table} from mekhala_app;
create function {table}_kept() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise insufficient_privilege using message = tg_table_name || ' is kept: nothing is deleted';
  end if;
  if old.state not in ({open}) then
    raise insufficient_privilege using message = tg_table_name || ' is kept: it is finished';
  end if;
  if ({asked_old}) is distinct from ({asked_new}) then
    raise insufficient_privilege using message = tg_table_name || ' is kept: what was asked';
  end if;
  return new;
end $$;
create trigger kept before update or delete on {table}
  for each row execute function {table}_kept();
create trigger kept_whole before truncate on {table}
  for each statement execute function {table}_kept();
"""
FREE = """
drop trigger kept on {table}; drop trigger kept_whole on {table}; drop function {table}_kept();
grant delete on {table} to mekhala_app;
"""


def kept(table, *, open_states, asked):
    columns = {when: ", ".join(f"{when}.{c}" for c in asked) for when in ("old", "new")}
    states = ", ".join(f"'{state}'" for state in open_states)
    return migrations.RunSQL(
        KEPT.format(table=table, open=states, asked_old=f"row({columns['old']})",
                    asked_new=f"row({columns['new']})"),
        FREE.format(table=table),
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("estimates", "0002_runs_repeated_and_signed")]
    operations = [
        kept(
            "estimates_estimaterun", open_states=("waiting", "running"),
            asked=("id", "table_id", "data_hash", "method", "level", "bootstrap", "seed",
                   "asked_at"),
        ),
        kept("estimates_repeat", open_states=("waiting",), asked=("id", "run_id", "asked_at")),
        append_only("estimates_signature"),
    ]  # fmt: skip
