"""What a filled form became is seen with the form; a mapping is only added to.

The job that takes forms over asks for numbers through two functions and then acts as each sender.
"""

from django.db import migrations

from mekhala.intake import erasure
from mekhala.safeguards.guards import append_only, erases, open_with_parent

ASK = """
create function {name} returns table (submission bigint, officer bigint)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare before text := current_setting('mekhala.maintenance', true);
begin
  if nullif(current_setting('mekhala.officer', true), '') is not null then
    raise insufficient_privilege using message = 'this is for the job, not for an officer';
  end if;
  perform set_config('mekhala.maintenance', 'on', true);
  return query {question};
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
end $$;
revoke all on function {name} from public;
grant execute on function {name} to mekhala_app;
"""
UNTAKEN = """
    select s.id, s.received_from_id from public.questionnaires_submission s
      left join public.intake_taken t on t.submission_id = s.id
    where s.version_id = any(versions) and s.state = 'received' and not s.is_practice
      and s.received_at > clock_timestamp() - interval '3 days'
      and (t.id is null and s.case_number = ''
        or t.why = 'earlier_missing' and exists (
          select 1 from public.questionnaires_submission e
          where e.agency_id = s.agency_id and e.instance_id = s.deprecated_id
            and e.state <> 'held'))
    order by s.id limit 500"""
OF_FORM = """
    select s.id, s.received_from_id from public.questionnaires_submission s
      join public.questionnaires_formversion v on v.id = s.version_id
      left join public.intake_taken t on t.submission_id = s.id
    where v.form_id = of_form and s.state = 'received' and not s.is_practice
      and (t.id is not null or s.case_number = '')
    order by s.id"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_what_filled_forms_became"), ("retention", "0001_initial")]
    operations = [
        append_only("intake_keptmapping"),
        open_with_parent("intake_taken", "submission_id", "questionnaires_submission"),
        migrations.RunSQL(
            ASK.format(name="intake_untaken(versions bigint[])", question=UNTAKEN),
            "drop function intake_untaken(bigint[])",
        ),
        migrations.RunSQL(
            ASK.format(name="intake_of_form(of_form bigint)", question=OF_FORM),
            "drop function intake_of_form(bigint)",
        ),
        *erases("intake", erasure.PARTS),
    ]
