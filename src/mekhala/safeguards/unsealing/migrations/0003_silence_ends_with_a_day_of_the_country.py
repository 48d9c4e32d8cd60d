"""What an order forbids to tell is told from the day after its last day, by the country's day.

The policy and the list of looks asked for the date of the connection, which is that of UTC: until
seven in the morning of Phnom Penh the silence of a day that was over went on.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import changed_function, granted

SUPPORTS = granted("unsealing_order.number", Purpose.SUPPORT, field_class=FieldClass.OPEN)
TOLD = """alter policy told_to_support on unsealing_order
  using (opened_at is not null and {when} and """ + SUPPORTS + ")"
IS_SILENT = """
create function unsealing_is_silent(until date, moment timestamptz) returns boolean
language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(until >= (moment at time zone 'Asia/Phnom_Penh')::date, false)
$$;
revoke all on function unsealing_is_silent(date, timestamptz) from public;
grant execute on function unsealing_is_silent(date, timestamptz) to mekhala_app;
"""
BY_UTC = "coalesce(e.details ->> 'silent_until', '') < current_date::text"
BY_DAY = """not public.unsealing_is_silent(
            nullif(e.details ->> 'silent_until', '')::date, clock_timestamp())"""


class Migration(migrations.Migration):
    dependencies = [("unsealing", "0002_opened_once_under_two_signatures")]
    operations = [
        migrations.RunSQL(IS_SILENT, "drop function unsealing_is_silent(date, timestamptz);"),
        migrations.RunSQL(
            TOLD.format(when="not unsealing_is_silent(silent_until, now())"),
            TOLD.format(when="(silent_until is null or silent_until < current_date)"),
        ),
        changed_function("audit_looks_at(text)", BY_UTC, BY_DAY),
    ]
