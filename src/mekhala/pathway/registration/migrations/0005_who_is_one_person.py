"""Who may be one person is found, asked and said through functions; no row is read directly.

A registrar learns that somebody may be known. What of another case is handed over is sealed, and
opens only in the key service, which counts; a case that is not open to who asks is told without
its number. A judgement and a question are told to whom one of the two cases is open, and the
other case's number only to whom that is open as well.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from mekhala.pathway.registration import erasure
from mekhala.safeguards.guards import append_only, erasable, erases
from mekhala.safeguards.identity.fields import SealedText

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
AS_OWNER = "security definer set search_path = pg_catalog, public, pg_temp"
J, Q_ = "public.registration_samepersonjudgement", "public.registration_samepersonquestion"
BEGIN = "perform set_config('mekhala.maintenance', 'on', true);"
END = "perform set_config('mekhala.maintenance', coalesce(before, ''), true);"
BEFORE = "before text := current_setting('mekhala.maintenance', true);"

MAY = f"""
create function registration_may(on_file text, roles text[], purposes text[]) returns boolean
language plpgsql stable {AS_OWNER} as $$
declare
  {BEFORE}
  answer boolean;
begin
  {BEGIN}
  select exists (
    select 1 from public.access_officer o
      join public.agencies_agency a on a.id = o.agency_id
      join public.access_grant g on g.officer_id = o.id
    where o.id = {ACTOR} and o.is_active and a.is_active and o.role = any (roles)
      and a.kind not in ('police', 'border', 'court')
      and g.file_number = on_file and g.purpose = any (purposes) and g.until > now()
      and 'identity' = any (g.field_classes)
  ) into answer;
  {END}
  return answer;
end $$;
"""
SIDES = """
create function registration_judges(on_file text) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select public.registration_may(on_file, array['registrar'],
    array['registration', 'first_contact'])
$$;
create function registration_answers(on_file text) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select public.registration_may(on_file, array['registrar', 'first_responder'],
    array['registration', 'first_contact'])
$$;
create function registration_is_told(on_file text) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select public.registration_may(on_file, array['registrar', 'authority'],
    array['registration', 'first_contact', 'determination'])
$$;
"""
MOST_OF_ONE_KEY = 4000  # a blind key shared by more people tells too little to be looked through
ALIKE = f"""
create function registration_people_alike(of_case text, of_keys integer[], most integer)
returns table (subject text, sealed bytea[], keys jsonb, sex text, age smallint,
  nationality text, opened_on date, is_open boolean)
language plpgsql stable {AS_OWNER} as $$
declare
  {BEFORE}
begin
  if not public.registration_judges(of_case) then
    raise insufficient_privilege using message = 'people are looked for by registrars';
  end if;
  {BEGIN}
  return query
    with shared as (
      select k.key, s.subject, count(*) over (partition by k.key) as people
      from unnest(of_keys) as k (key)
        cross join lateral (select b.subject from public.identity_blindkeys b
          where b.keys @> array[k.key] limit {MOST_OF_ONE_KEY} + 1) as s
    ), likely as (
      select s.subject, sum(ln({MOST_OF_ONE_KEY * 2}.0::float8 / s.people)) as weight
      from shared s where s.subject <> of_case and s.people <= {MOST_OF_ONE_KEY}
      group by s.subject order by 2 desc, 1 limit most
    )
    select i.subject::text,
      array[i.native_name, i.latin_name, i.birth_date, i.national_id, i.phone, i.village_code],
      (select jsonb_agg(jsonb_build_array(d.number, d.version, d.form,
          encode(d.wrapped, 'base64'))) from public.identity_datakey d
        where d.subject = i.subject and d.form <> 'destroyed'),
      c.sex::text, c.age, c.nationality::text,
      (c.opened_at at time zone 'Asia/Phnom_Penh')::date,
      exists (select 1 from public.access_grant g where g.file_number = i.subject
        and g.officer_id = {ACTOR} and g.until > now()
        and g.purpose in ('registration', 'first_contact') and 'identity' = any (g.field_classes))
    from likely l
      join public.identity_identity i on i.subject = l.subject
      join public.encounter_case c on c.number = i.subject
    where c.erased_at is null and public.reading_is_real(i.subject)
    order by i.subject;
  {END}
end $$;
"""
SHARING = f"""
create function registration_people_sharing(of_case text, of_keys integer[], at_least integer)
returns bigint language plpgsql stable {AS_OWNER} as $$
begin
  if not public.registration_judges(of_case) then
    raise insufficient_privilege using message = 'people are looked for by registrars';
  end if;
  return (select count(*) from (
    select s.subject from unnest(of_keys) as k (key)
      cross join lateral (select b.subject from public.identity_blindkeys b
        where b.keys @> array[k.key]) as s
    where s.subject <> of_case group by s.subject having count(*) >= at_least) as sharing);
end $$;
"""
PERSON = f"""
create function registration_people_of(of_case text) returns table (number text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with recursive standing as (
    select j.first_id, j.second_id, j.answer from {J} j
    where not exists (select 1 from {J} later where later.takes_back_id = j.id)
  ), joined (number) as (
    select of_case
    union
    select (case when s.first_id = p.number then s.second_id else s.first_id end)::text
    from joined p join standing s on s.answer = 'same' and p.number in (s.first_id, s.second_id)
  )
  select p.number from joined p
  where not exists (select 1 from standing s where s.answer = 'different'
      and s.first_id in (select q.number from joined q)
      and s.second_id in (select q.number from joined q))
    or p.number = of_case
$$;

create function registration_same_person(of_case text)
returns table (number text, opened_at timestamptz)
language plpgsql stable {AS_OWNER} as $$
declare
  {BEFORE}
begin
  if not public.registration_is_told(of_case) then
    return;
  end if;
  {BEGIN}
  return query
    select case when public.registration_is_told(p.number) then p.number end,
      case when public.registration_is_told(p.number) then c.opened_at end
    from public.registration_people_of(of_case) p
      join public.encounter_case c on c.number = p.number
    where p.number <> of_case
    order by 2 nulls last, 1;
  {END}
end $$;
"""
JUDGE = f"""
create function registration_judge(of_id uuid, on_case text, of_other text, of_question uuid,
  instead_of uuid, said text, why bytea, said_at timestamptz) returns void
language plpgsql {AS_OWNER} as $$
declare
  other text := coalesce(of_other,
    (select q.about_id from {Q_} q where q.id = of_question and q.asks_of_id = on_case),
    (select case when j.first_id = on_case then j.second_id else j.first_id end
      from {J} j where j.id = instead_of and on_case in (j.first_id, j.second_id)));
begin
  if other is null or not (
      public.registration_judges(on_case) and public.registration_judges(other)
      or public.registration_answers(on_case) and exists (
        select 1 from {Q_} q where q.asks_of_id = on_case and q.about_id = other)) then
    raise insufficient_privilege using message = 'who is one person is said by who knows both';
  end if;
  if instead_of is not null and not exists (select 1 from {J} j where j.id = instead_of
      and on_case in (j.first_id, j.second_id) and other in (j.first_id, j.second_id)) then
    raise insufficient_privilege using message = 'a judgement takes back one of the same pair';
  end if;
  insert into {J} (id, first_id, second_id, about_id, answer, because, by_id, at, takes_back_id)
  values (of_id, least(on_case, other), greatest(on_case, other), on_case, said, why,
    {ACTOR}, said_at, instead_of);
end $$;

create function registration_judgements(of_case text)
returns table (id uuid, about_id text, other text, answer text, because bytea, by_id bigint,
  at timestamptz, takes_back_id uuid, stands boolean)
language plpgsql stable {AS_OWNER} as $$
begin
  return query
    with touching as (
      select j.*, case when j.first_id = of_case then j.second_id else j.first_id end as beside
      from {J} j where of_case in (j.first_id, j.second_id)
    )
    select t.id, t.about_id::text,
      case when public.registration_is_told(t.beside) then t.beside::text end,
      t.answer::text, t.because, t.by_id, t.at, t.takes_back_id,
      not exists (select 1 from {J} later where later.takes_back_id = t.id)
    from touching t
    where public.registration_is_told(of_case) and public.registration_is_told(t.beside)
      or public.registration_answers(of_case) and t.about_id = of_case and t.by_id = {ACTOR}
    order by t.at, t.id;
end $$;
"""
ASK = f"""
create function registration_ask(of_id uuid, on_case text, of_other text, compared text[],
  asked timestamptz) returns boolean
language plpgsql {AS_OWNER} as $$
begin
  if not public.registration_judges(on_case) or not exists (
      select 1 from public.identity_blindkeys a, public.identity_blindkeys b
      where a.subject = on_case and b.subject = of_other and a.keys && b.keys) then
    raise insufficient_privilege using message = 'nothing says that this may be one person';
  end if;
  insert into {Q_} (id, about_id, asks_of_id, likeness, asked_by_id, asked_at)
  values (of_id, on_case, of_other, compared, {ACTOR}, asked)
  on conflict (about_id, asks_of_id) do nothing;
  return found;
end $$;

create function registration_asked_of_me()
returns table (id uuid, number text, likeness text[], asked_at timestamptz)
language plpgsql stable {AS_OWNER} as $$
declare
  {BEFORE}
begin
  {BEGIN}
  return query
    select q.id, q.asks_of_id::text, q.likeness::text[], q.asked_at
    from {Q_} q
      join public.access_grant g on g.file_number = q.asks_of_id
    where g.officer_id = {ACTOR} and g.until > now() and q.asked_by_id <> {ACTOR}
      and not exists (select 1 from {J} j where q.asks_of_id in (j.first_id, j.second_id)
        and q.about_id in (j.first_id, j.second_id))
      and public.registration_answers(q.asks_of_id)
    group by q.id order by q.asked_at, q.id;
  {END}
end $$;

create function registration_asked(of_case text)
returns table (asked_at timestamptz, answer text) language plpgsql stable {AS_OWNER} as $$
begin
  if public.registration_is_told(of_case) then
    return query select q.asked_at, (select j.answer::text from {J} j
        where q.asks_of_id in (j.first_id, j.second_id) and q.about_id in (j.first_id, j.second_id)
          and not exists (select 1 from {J} later where later.takes_back_id = j.id))
      from {Q_} q where q.about_id = of_case order by q.asked_at;
  end if;
end $$;
"""
FUNCTIONS = {
    "registration_may": "text, text[], text[]", "registration_judges": "text",
    "registration_answers": "text", "registration_is_told": "text",
    "registration_people_alike": "text, integer[], integer",
    "registration_same_person": "text",
    "registration_people_sharing": "text, integer[], integer",
    "registration_judge": "uuid, text, text, uuid, uuid, text, bytea, timestamptz",
    "registration_judgements": "text", "registration_asked": "text",
    "registration_ask": "uuid, text, text, text[], timestamptz",
    "registration_asked_of_me": "", "registration_people_of": "text",
}  # fmt: skip
ALL = ", ".join(f"{name}({takes})" for name, takes in FUNCTIONS.items())
OPEN = ", ".join(f"{n}({t})" for n, t in FUNCTIONS.items() if n != "registration_people_of")
RIGHTS = f"""
revoke all on registration_samepersonjudgement, registration_samepersonquestion
  from mekhala_app;
revoke all on function {ALL} from public;
grant execute on function {OPEN} to mekhala_app;
"""
UNDO = "".join(f"drop function {n}({t});" for n, t in reversed(FUNCTIONS.items()))


def to_case():
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="encounter.case")


def to_officer():
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0004_words_are_erased"), ("identity", "0009_blind_keys"),
        ("encounter", "0007_open_cases_nobody_works_on_are_told"),
        ("reading", "0002_files_read_are_counted"), ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SamePersonJudgement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("answer", models.CharField(choices=[("same", "The same person"), ("different", "Different people"), ("cannot_tell", "Cannot tell")], max_length=12)),
                ("because", SealedText(bound=("id",), max_length=2000, person="about_id")),
                ("at", models.DateTimeField()),
                ("about", to_case()), ("by", to_officer()), ("first", to_case()), ("second", to_case()),
                ("takes_back", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="taken_back_by", to="registration.samepersonjudgement")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_person_two_cases_in_order"),
                    models.CheckConstraint(condition=Q(about=F("first")) | Q(about=F("second")), name="same_person_said_from_one_side"),
                    models.UniqueConstraint(condition=Q(takes_back=None), fields=("first", "second"), name="same_person_one_chain_of_a_pair"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SamePersonQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("likeness", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ("asked_at", models.DateTimeField()),
                ("about", to_case()), ("asked_by", to_officer()), ("asks_of", to_case()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("about", "asks_of"), name="same_person_asked_once_of_a_case"),
                ],
            },
        ),
        migrations.RunSQL(MAY + SIDES + ALIKE + SHARING + PERSON + JUDGE + ASK + RIGHTS, UNDO),
        append_only("registration_samepersonjudgement"),
        erasable("registration_samepersonjudgement"),
        *erases("registration", erasure.PARTS),
    ]  # fmt: skip
