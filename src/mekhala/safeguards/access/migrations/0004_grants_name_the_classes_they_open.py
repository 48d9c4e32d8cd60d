"""A grant names what of the file it opens, and the yes it rests on. What stands opens all it did.

Nobody hands on more than they hold, and a grant never comes to open more than it did unless it
rests on a newer yes: asked here for every change, whoever writes it. A class is always one the
purpose carries (constraint ``grant_within_its_purpose``).
"""

import django.contrib.postgres.fields
from django.db import migrations, models

CLASSES = [
    ("location", "Where the person is or was, and how to reach her or him"),
    ("identity", "Name and papers"),
    ("narrative", "What happened to the person, and what was found"),
    ("accused", "Who is complained of"),
    ("open", "What is needed to help, and where the file stands"),
]
OF_A_CASE = ["location", "identity", "narrative", "open"]
OF_A_PROCEEDING = ["accused", "open"]

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
ALL_IT_DID = """
select set_config('mekhala.maintenance', 'on', true);
update access_grant set field_classes = case purpose when 'justice' then '{accused,open}'::varchar[]
  else '{location,identity,narrative,open}'::varchar[] end;
select set_config('mekhala.maintenance', '', true);
set constraints all immediate;
"""
MAY_OPEN = f"""
create function access_may_open(on_file text, to_officer bigint, for_purpose text, carried text[])
returns boolean language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  answer boolean;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  select exists (
    select 1 from public.access_officer me, public.access_officer receiver
    where me.id = {ACTOR} and me.is_active and receiver.id = to_officer and receiver.is_active
      and (for_purpose, receiver.role) in (
        ('first_contact', 'first_responder'), ('first_contact', 'registrar'),
        ('determination', 'authority'), ('registration', 'registrar'),
        ('support', 'provider'), ('justice', 'justice'))
      and case when me.id = receiver.id
        then for_purpose in ('first_contact', 'justice')
          and not exists (select 1 from public.access_grant g where g.file_number = on_file)
        else carried <@ (select array_agg(held.class::text) from public.access_grant g,
            unnest(g.field_classes) as held(class)
          where g.file_number = on_file and g.officer_id = me.id and g.until > now()
            and (g.purpose, for_purpose) in (
              ('first_contact', 'determination'), ('first_contact', 'registration'),
              ('determination', 'determination'), ('determination', 'registration'),
              ('registration', 'determination'), ('registration', 'registration'),
              ('justice', 'justice')))
        end) into answer;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return answer;
end $$;
revoke all on function access_may_open(text, bigint, text, text[]) from public;
grant execute on function access_may_open(text, bigint, text, text[]) to mekhala_app;
"""
ONLY_NARROWER = """
create function access_grant_only_narrower() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  new.consent := coalesce(new.consent, old.consent);
  if not new.field_classes <@ old.field_classes
      and (new.consent is null or new.consent <= coalesce(old.consent, 0)) then
    raise insufficient_privilege using
      message = 'a grant opens more than it did only with a newer consent';
  end if;
  return new;
end $$;
create trigger only_narrower before update on access_grant
  for each row execute function access_grant_only_narrower();
"""
MAY = "access_may_open(file_number, officer_id, purpose, field_classes::text[])"
RULES = f"""{MAY_OPEN}{ONLY_NARROWER}
drop policy given on access_grant;
create policy given on access_grant for insert to mekhala_app
  with check (granted_by_id = {ACTOR} and {MAY});
drop policy ended on access_grant;
create policy ended on access_grant for update to mekhala_app
  using (officer_id = {ACTOR} or granted_by_id = {ACTOR})
  with check (until <= clock_timestamp() or granted_by_id = {ACTOR} and {MAY});
drop function access_may_open(text, bigint, text);
grant update (field_classes, consent) on access_grant to mekhala_app;
"""


def within(purpose):
    carried = OF_A_PROCEEDING if purpose == "justice" else OF_A_CASE
    return models.Q(("field_classes__contained_by", carried), ("purpose", purpose))


def classes(**more):
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.CharField(choices=CLASSES, max_length=12),
        help_text="What of the file; never none", size=None, **more,
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0003_nobody_opens_a_file_to_themselves")]
    operations = [
        migrations.AddField("grant", "field_classes", classes(null=True)),
        migrations.AddField(
            "grant", "consent",
            models.BigIntegerField(help_text="Id of the person's yes it rests on; empty: it rests on the purpose", null=True),
        ),
        migrations.RunSQL(ALL_IT_DID, migrations.RunSQL.noop),
        migrations.AlterField("grant", "field_classes", classes()),
        migrations.AddConstraint(
            "grant",
            models.CheckConstraint(condition=models.Q(("field_classes", []), _negated=True), name="grant_opens_something"),
        ),
        migrations.AddConstraint(
            "grant",
            models.CheckConstraint(
                condition=within("first_contact") | within("determination") | within("registration")
                | within("support") | within("justice"),
                name="grant_within_its_purpose",
            ),
        ),
        migrations.RunSQL(RULES),
    ]  # fmt: skip
