"""The ministry decides about each place in a house; the database gives no place without it.

A request for a place in a house is accepted, by a page, a link or whoever writes, only when the
ministry agreed, or when the question says why it could not wait and nothing was decided yet.
Requests from before there were questions go on as they are. The ministry reads and decides through
functions that tell no case.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.pathway.referral import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import (
    append_only,
    changed_function,
    erases,
    granted,
    guard,
    open_with_parent,
)

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
BEFORE = "before text := current_setting('mekhala.maintenance', true);"
BEGIN = "perform set_config('mekhala.maintenance', 'on', true);"
END = "perform set_config('mekhala.maintenance', coalesce(before, ''), true);"
MINISTRY = f"""exists (select 1 from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
    where o.id = {ACTOR} and o.is_active and a.is_active and o.role = 'registrar'
      and a.kind = 'social_affairs')"""
LATEST = """(select d.id from public.referral_placementdecision d
      where d.question_id = q.number order by d.decided_at desc, d.id desc limit 1)"""
IS_OPEN = """q.over_at is null and c.erased_at is null
      and (r.id is null or r.status in ('asked', 'accepted'))"""
RULE = (
    granted(
        "referral_placementquestion.case_id", Purpose.FIRST_CONTACT, Purpose.DETERMINATION,
        Purpose.REGISTRATION, Purpose.SUPPORT, field_class=FieldClass.OPEN,
    )
    + " or exists (select 1 from referral_referral p"
    " where p.id = referral_placementquestion.referral_id)"
)  # fmt: skip
STANDS = f"""
create function referral_placement_stands(of_referral bigint) returns text
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(
      (select d.outcome from public.referral_placementdecision d where d.id = {LATEST}),
      case when q.urgent <> '' then 'urgent' else 'waits' end)
    from public.referral_placementquestion q where q.referral_id = of_referral
$$;
revoke all on function referral_placement_stands(bigint) from public;
create function referral_place_is_given() returns trigger language plpgsql {AS_OWNER} as $$
declare {BEFORE} standing text;
begin
  {BEGIN}
  standing := public.referral_placement_stands(new.id);
  {END}
  if standing in ('waits', 'not_agreed') then
    raise insufficient_privilege using message = 'the ministry has not agreed to this place';
  end if;
  return new;
end $$;
revoke all on function referral_place_is_given() from public;
create trigger place_is_given before update on referral_referral
  for each row when (old.status = 'asked' and new.status = 'accepted')
  execute function referral_place_is_given();
"""
FUNCTIONS = f"""
create function referral_placements(waiting boolean, most int, skip int, of_number text)
returns table (number varchar, house varchar, service varchar, house_km varchar, asked_by varchar, sex varchar,
  age_band varchar, language varchar, requirements varchar[], places int, urgent varchar,
  given boolean, asked_at timestamptz, due_at timestamptz, outcome varchar, reasons varchar[],
  decided_at timestamptz)
language plpgsql {AS_OWNER} as $$
declare {BEFORE}
begin
  if not {MINISTRY} then return; end if;
  {BEGIN}
  return query
    select q.number, coalesce(h.name, ''), coalesce(s.name, ''),
      coalesce(case when s.id is null then h.name_km else s.name_km end, ''), b.name, q.sex, q.age_band,
      coalesce(r.language, ''), coalesce(r.requirements, array[]::varchar[]),
      coalesce(r.places, 1)::int, q.urgent, coalesce(r.status = 'accepted', true), q.asked_at,
      q.due_at, coalesce(d.outcome, ''), coalesce(d.reasons, array[]::varchar[]), d.decided_at
    from public.referral_placementquestion q
      join public.encounter_case c on c.number = q.case_id
      left join public.agencies_agency h on h.id = q.agency_id
      join public.access_officer o on o.id = q.asked_by_id
      join public.agencies_agency b on b.id = o.agency_id
      left join public.referral_referral r on r.id = q.referral_id
      left join public.directory_service s on s.id = r.service_id
      left join public.referral_placementdecision d on d.id = {LATEST}
    where (of_number = '' or q.number = of_number) and (
      waiting is null or waiting and d.id is null and {IS_OPEN} or not waiting and d.id is not null)
    order by case when waiting then q.due_at end, d.decided_at desc, q.number
    limit least(most, 1000) offset skip;
  {END}
end $$;
create function referral_decide_placement(
  of_number text, decided text, because varchar[], at timestamptz)
returns boolean language plpgsql {AS_OWNER} as $$
declare {BEFORE} is_open boolean;
begin
  if not {MINISTRY} then return false; end if;
  {BEGIN}
  select {IS_OPEN} into is_open from public.referral_placementquestion q
      join public.encounter_case c on c.number = q.case_id
      left join public.referral_referral r on r.id = q.referral_id
    where q.number = of_number for update of q;
  if is_open then
    insert into public.referral_placementdecision
      (question_id, outcome, reasons, decided_by_id, decided_at)
      values (of_number, decided, because, {ACTOR}, at);
  end if;
  {END}
  return coalesce(is_open, false);
end $$;
revoke all on function referral_placements(boolean, int, int, text),
  referral_decide_placement(text, text, varchar[], timestamptz) from public;
grant execute on function referral_placements(boolean, int, int, text),
  referral_decide_placement(text, text, varchar[], timestamptz) to mekhala_app;
revoke insert on referral_placementdecision from mekhala_app;
revoke update on referral_placementquestion from mekhala_app;
grant update (over_at) on referral_placementquestion to mekhala_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_organisations_that_watch_trials'),
        ('encounter', '0008_an_open_stay_keeps_a_case_open'),
        ('referral', '0010_a_place_is_given_for_nights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PlacementQuestion',
            fields=[
                ('number', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('other', 'Other'), ('unknown', 'Not known')], max_length=10)),
                ('age_band', models.CharField(choices=[('0-11', 'Under 12'), ('12-17', '12 to 17'), ('18-29', '18 to 29'), ('30-44', '30 to 44'), ('45+', '45 or older'), ('unknown', 'Not known')], max_length=10)),
                ('urgent', models.CharField(blank=True, choices=[('nowhere', 'Nowhere safe to stay tonight'), ('danger', 'In danger where she or he is now'), ('care', 'Needs care that cannot wait'), ('child_alone', 'A child whom nobody looks after'), ('not_reached', 'The ministry cannot be reached in time')], max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('over_at', models.DateTimeField(help_text='The person left before it was decided', null=True)),
                ('agency', models.ForeignKey(help_text="The house's; empty once erased", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='encounter.case')),
                ('referral', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placement', to='referral.referral')),
            ],
            options={
                'ordering': ['due_at', 'number'],
            },
        ),
        migrations.CreateModel(
            name='PlacementDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('agreed', 'The ministry agreed'), ('not_agreed', 'The ministry did not agree')], max_length=12)),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('suits', 'The house suits and can give what is needed'), ('own_wish', 'The person wants it, knowing what else there is'), ('no_family', 'No family or carer is known who is safe'), ('for_now', 'For a short time, until something better is found'), ('family_first', 'A family or carer who is safe comes before a house'), ('better_house', 'Another house suits better'), ('standards', 'The house does not keep the minimum standards'), ('wish_unclear', 'It is not clear that the person wants it')], max_length=12))),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='referral.placementquestion')),
            ],
            options={
                'ordering': ['-decided_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reasons__len__gt', 0)), name='placement_decided_with_a_reason')],
            },
        ),
        guard("referral_placementquestion", RULE),
        open_with_parent(
            "referral_placementdecision", "question_id", "referral_placementquestion", key="number"
        ),
        append_only("referral_placementdecision"),
        migrations.RunSQL(STANDS + FUNCTIONS, migrations.RunSQL.noop),
        *erases("referral", erasure.PARTS),
        changed_function(
            "referral_answer_by_link(text, text, boolean, text)",
            "elsif accepts then",
            "elsif accepts and coalesce(public.referral_placement_stands(way.of_referral), '')"
            " in ('waits', 'not_agreed') then\n      state := 'undecided';\n    elsif accepts then",
        ),
    ]
