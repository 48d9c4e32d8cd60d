"""A case closes and may be opened again until it is erased; when, is noted by the database's clock.

With closing, what is open of the case to others than registrars ends after thirty days. Nobody at
the application says that a case was closed earlier than it was, or that it was erased.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.pathway.encounter import erasure
from mekhala.safeguards.guards import erasable, erases

CLOSING = """
create function encounter_closing() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user <> 'mekhala_app' then return new; end if;
  if tg_op = 'INSERT' then
    new.closing_noted_at := case when new.closed_at is not null then clock_timestamp() end;
    new.erased_at := null;
    return new;
  end if;
  new.erased_at := old.erased_at;
  if new.closed_at is distinct from old.closed_at then
    if old.erased_at is not null then
      raise insufficient_privilege using message = 'what was erased is not opened again';
    end if;
    new.closing_noted_at := case when new.closed_at is not null then clock_timestamp() end;
  else
    new.closing_noted_at := old.closing_noted_at;
  end if;
  return new;
end $$;
create trigger closing before insert or update on encounter_case
  for each row execute function encounter_closing();

create function encounter_grants_end() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
begin
  perform set_config('mekhala.maintenance', 'on', true);
  update public.access_grant set until = greatest(granted_at, clock_timestamp() + interval '30 days')
    where file_number = new.number and purpose <> 'registration'
      and until > clock_timestamp() + interval '30 days';
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return null;
end $$;
revoke all on function encounter_grants_end() from public;
create trigger grants_end after update of closed_at on encounter_case
  for each row when (old.closed_at is null and new.closed_at is not null)
  execute function encounter_grants_end();
"""
UNDO = """
drop trigger grants_end on encounter_case; drop function encounter_grants_end();
drop trigger closing on encounter_case; drop function encounter_closing();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("encounter", "0005_refusals_counted_without_anybody"),
        ('retention', '0001_initial'),
        ('agencies', '0001_initial'),
        ('encounter', '0004_what_was_said_is_sealed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='closed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='closed_because',
            field=models.CharField(blank=True, choices=[('help_complete', 'The help agreed on is complete'), ('persons_wish', 'The person wishes no more contact'), ('carried_on', "Another service carries on, with the person's yes"), ('not_reached', 'The person cannot be reached any more'), ('died', 'The person died'), ('by_mistake', 'Opened by mistake, or twice')], max_length=20),
        ),
        migrations.AddField(
            model_name='case',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='closed_despite',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('question', 'A question to the competent authority is open'), ('referral', 'A service was asked, or helps'), ('follow_up', 'A day to look in is still to come')], max_length=20), default=list, help_text='What was not finished, and whoever closed the case knew it'),
        ),
        migrations.AddField(
            model_name='case',
            name='closing_noted_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='erased_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_because', ''), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closed_because', ''), _negated=True)), _connector='OR'), name='case_closed_by_whom_and_why'),
        ),
        migrations.RunSQL(CLOSING, UNDO),
        erasable("encounter_safecontact"),
        *erases("encounter", erasure.PARTS),
    ]
