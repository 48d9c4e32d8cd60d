"""Blind keys, by which a person may be found to be known: kept apart, read by nobody directly.

The table has an index over arrays, which row security would not let the planner use; so the
application has no right on it at all. One function keeps the keys of a person whose name is open
to who acts; another forgets those of a name that was erased. Names that stand already have their
keys made when they are next shown, or by ``mekhala keys blind``.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from mekhala.safeguards.identity import erasure
from mekhala.safeguards.guards import erases

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
FUNCTIONS = f"""
revoke all on identity_blindkeys from mekhala_app;

create function identity_keep_blind_keys(of_subject text, made integer[], is_all boolean)
returns void language plpgsql {AS_OWNER} as $$
begin
  if not exists (select 1 from public.access_grant g where g.officer_id = {ACTOR}
      and g.file_number = of_subject and 'identity' = any (g.field_classes)
      and g.purpose <> 'justice' and g.until > now()) then
    raise insufficient_privilege using message = 'blind keys are kept with a name that is open';
  end if;
  insert into public.identity_blindkeys as b (subject, keys) values (of_subject, made)
  on conflict (subject) do update set keys = case when is_all then made
    else array(select unnest(b.keys) union select unnest(made) order by 1) end;
end $$;

create function identity_forget_blind_keys(of_subject text) returns void
language plpgsql {AS_OWNER} as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  is_erased boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select coalesce(bool_and(k.form = 'destroyed'), false) into is_erased
    from public.identity_datakey k where k.subject = of_subject;
  if is_erased then
    delete from public.identity_blindkeys b where b.subject = of_subject;
  end if;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function identity_keep_blind_keys(text, integer[], boolean),
  identity_forget_blind_keys(text) from public;
grant execute on function identity_keep_blind_keys(text, integer[], boolean),
  identity_forget_blind_keys(text) to mekhala_app;
"""
UNDO = """
drop function identity_forget_blind_keys(text);
drop function identity_keep_blind_keys(text, integer[], boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0008_names_are_erased")]
    operations = [
        migrations.AddField(
            "identity", "keys_rules",
            models.SmallIntegerField(
                null=True, help_text="Rules its blind keys were made by; empty: not all are made"
            ),
        ),
        migrations.CreateModel(
            name="BlindKeys",
            fields=[
                ("subject", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text="See blind_keys.py; each is shared by many", size=None)),
            ],
            options={"verbose_name_plural": "blind keys"},
        ),
        migrations.AddIndex(
            "blindkeys",
            django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["keys"], name="blind_keys_shared"),
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
        *erases("identity", erasure.PARTS),
    ]  # fmt: skip
