"""Of the cases found that are not open, how many nobody was asked about from this case.

Asked by who looks for people; which they are stays untold: the questions are not read by the
application.
"""

from django.db import migrations

NOT_ASKED = """
create function registration_not_asked(of_case text, of_others text[]) returns int
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not public.registration_judges(of_case) then
    raise insufficient_privilege using message = 'people are looked for by registrars';
  end if;
  return (select count(*) from unnest(of_others) as o (number) where not exists (
    select 1 from public.registration_samepersonquestion q
    where q.about_id = of_case and q.asks_of_id = o.number));
end $$;
revoke all on function registration_not_asked(text, text[]) from public;
grant execute on function registration_not_asked(text, text[]) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("registration", "0007_entries_are_counted_by_month")]
    operations = [
        migrations.RunSQL(NOT_ASKED, "drop function registration_not_asked(text, text[]);")
    ]
