"""Dossiers are read through one function, by who asked, while two agencies' signatures stand.

A request is there for who asked, who supervises, and the competent authority. It is opened by the
officer who gives the second signature, of a third agency, and ended by any of them. The function
runs with the rights of the tables' owner and gives columns of codes only, each named below: no
number of an accused, no name, no day, no place below a province, and no word that anybody wrote.
A text that stands in the file, as a legal basis, is told as being there or not.
"""

from django.db import migrations

from mekhala.safeguards.guards import append_only, guard

ACTOR = "nullif(current_setting('mekhala.officer', true), '')::bigint"
ME = f"(select {ACTOR})"
SEEN = f"""asked_by_id = {ME} or supervisor_id = {ME} or exists (select 1 from access_officer me
  where me.id = {ME} and me.is_active and me.role = 'authority')"""
WITH_REQUEST = "exists (select 1 from dossiers_access p where p.number = {}.access_id)"
RULES = f"""
create function dossiers_rules() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  actor bigint := {ACTOR};
  me public.access_officer;
  guide public.access_officer;
begin
  if current_user <> 'mekhala_app' then return new; end if;
  select * into me from public.access_officer where id = actor and is_active;
  if tg_op = 'INSERT' then
    select * into guide from public.access_officer where id = new.supervisor_id and is_active;
    if new.asked_by_id is distinct from me.id or new.agency_id is distinct from me.agency_id
       or me.role <> 'statistician' or guide.role is distinct from 'justice'
       or guide.agency_id = me.agency_id or new.opened_at is not null or new.ended_at is not null
       or new.until > clock_timestamp() + interval '367 days' then
      raise insufficient_privilege using message = 'dossiers are asked for in one''s own name';
    end if;
    return new;
  end if;
  if (new.number, new.purpose, new.approved_by, new.approval, new.approved_on, new.supervisor_id,
      new.until, new.asked_by_id, new.agency_id, new.asked_at) is distinct from
     (old.number, old.purpose, old.approved_by, old.approval, old.approved_on, old.supervisor_id,
      old.until, old.asked_by_id, old.agency_id, old.asked_at) or old.ended_at is not null then
    raise insufficient_privilege using message = 'a request is opened and ended, never changed';
  end if;
  if new.ended_at is not null and new.ended_by_id = me.id
     and new.opened_at is not distinct from old.opened_at
     and new.signature_id is not distinct from old.signature_id then
    return new;
  end if;
  if old.opened_at is null and new.ended_at is null
     and abs(extract(epoch from clock_timestamp() - new.opened_at)) <= 300
     and exists (select 1 from public.four_eyes_secondsignature s where s.id = new.signature_id
       and s.kind = 'research.dossiers' and s.subject = old.number and s.answer = 'agreed'
       and s.asked_by_id = old.supervisor_id and s.answered_by_id = me.id
       and s.asked_agency_id <> s.answered_agency_id
       and old.agency_id not in (s.asked_agency_id, s.answered_agency_id)) then
    return new;
  end if;
  raise insufficient_privilege using message = 'dossiers are opened under two signatures';
end $$;
create trigger rules before insert or update on dossiers_access
  for each row execute function dossiers_rules();
revoke update on dossiers_access from mekhala_app;
grant update (signature_id, opened_at, ended_at, ended_by_id) on dossiers_access to mekhala_app;

create function dossiers_parts() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare of_mine public.dossiers_access;
begin
  if current_user <> 'mekhala_app' then return new; end if;
  select * into of_mine from public.dossiers_access where number = new.access_id
    and asked_by_id = {ACTOR} and ended_at is null;
  if of_mine.number is null or (tg_table_name = 'dossiers_named') <> (of_mine.opened_at is null)
     or (tg_table_name = 'dossiers_taken' and (of_mine.until <= clock_timestamp() or 3 <= (
       select count(*) from public.dossiers_taken t where t.access_id = new.access_id))) then
    raise insufficient_privilege using message = 'named before it is opened, taken while it is';
  end if;
  return new;
end $$;
create trigger rules before insert on dossiers_named
  for each row execute function dossiers_parts();
create trigger rules before insert on dossiers_taken
  for each row execute function dossiers_parts();
"""
MONTH = "to_char({}, 'YYYY-MM')"
PHNOM_PENH = "{} at time zone 'Asia/Phnom_Penh'"


def said(codes, *, days=(), instants=(), there=(), **more):
    """Return the SQL of one entry: codes as they are, days as months, texts as there or not."""
    told = {code: f"e.{code}" for code in codes.split()}
    told |= {day: MONTH.format(f'e."{day}"') for day in days}
    told |= {each: MONTH.format(PHNOM_PENH.format(f"e.{each}")) for each in instants}
    told |= {text: f"(e.{text} <> '')" for text in there} | more
    return f"jsonb_build_object({', '.join(f"'{name}', {sql}" for name, sql in told.items())})"


HOURS = "round(extract(epoch from e.released_at - e.held_at) / 3600)::int"
ENTRIES = {
    "complaint": said("made_by prior_dispute payment_asked withdrawn"),
    "custody": said(
        "place offence_class was_minor extended rights_given rights_language lawyer_asked",
        instants=["held_at"], hours=HOURS,
    ),
    "counsel": said("kind language is_sworn paid_by", days=["asked_on", "since", "until"]),
    "statement": said(
        "speaker form language can_read read_out read_by lawyer_present interpreter_present"
        " is_confession changed after_benefit", days=["taken_on"],
    ),
    "investigation": said("kind ordered_by", days=["on"], there=["legal_basis"]),
    "gatecheck": said(
        "statute article kind presumption compelled direct_result neighbours_complain says_forced"
        " minors_involved disorder outcome reasons",
    ),
    "observation": said(
        "seen_by minutes posted lawyer interpreter complainant_present law_explained silence_told"
        " could_question intimidating person_protected judge_doubted reasons_given",
    ),
    "factsfound": said("facts none_of"),
    "verdict": said(
        "instance result statute article sentence_months additional relied_on",
        days=["on", "final_on"],
    ),
    "confiscation": said("what", days=["on", "returned_on"], there=["legal_basis"]),
    "appeal": said(
        "filed filed_by fee_waiver_asked fee_waived lawyer blocked_by outcome",
        days=["judged_on", "filed_on", "decided_on"],
    ),
    "release": said("why after_payment", days=["on"]),
}  # fmt: skip
ROW = "jsonb_build_object('part', '{part}', 'of', {of}, 'said', {said}) as told, {order}"


def _entry(part, told):
    row = ROW.format(part=part, of="w.letter", said=told, order=f"w.letter as whose, {_nth(part)} as a")
    return f"""select {row}, e.id as b from public.justice_{part} e join who w
      on w.number = e.accused_id
      where not exists (select 1 from public.justice_{part} n where n.replaces_id = e.id)"""


def _nth(part):
    return 3 + [*ENTRIES].index(part)


STEPS = ROW.format(part="step", of="w.letter", said=said("stage", days=["on"]),
                   order="""w.letter as whose, 1 as a, row_number() over (order by e."on", e.id) as b""")
CHARGES = ROW.format(
    part="charge", of="w.letter", order="w.letter as whose, 2 as a, e.id as b",
    said=said("statute article in_force_from", days=["charged_on", "withdrawn_on"],
              conduct_from="left(e.conduct_from, 7)", conduct_to="left(e.conduct_to, 7)"),
)  # fmt: skip
HEARINGS = ROW.format(
    part="hearing", of="''", order="'' as whose, 1 as a, row_number() over (order by e.starts_at) as b",
    said=said("kind is_public", instants=["starts_at"], put_off="(e.put_off_to_id is not null)"),
)  # fmt: skip
ITEMS = ROW.format(
    part="item", of="''", order="'' as whose, 2 as a, row_number() over (order by e.recorded_at) as b",
    said=said("kind source basis", days=["taken_on"]),
)  # fmt: skip
READ = f"""
create function dossiers_read(on_access text, on_dossier text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before text := current_setting('mekhala.maintenance', true);
  found jsonb;
begin
  perform set_config('mekhala.maintenance', 'on', true);
  with open as (
    select p.number, p.complaint_on, g.province_code from public.dossiers_access x
      join public.dossiers_named n on n.access_id = x.number
      join public.access_officer o on o.id = x.asked_by_id
      join public.justice_proceeding p on p.number = n.dossier
      join public.agencies_agency g on g.id = p.agency_id
    where x.number = on_access and n.dossier = on_dossier and x.asked_by_id = {ACTOR}
      and o.is_active and o.role = 'statistician' and x.opened_at is not null
      and x.ended_at is null and x.until > clock_timestamp() and public.reading_is_real(p.number)
  ), who as (
    select a.*, chr(64 + row_number() over (order by a.number)::int) as letter
    from public.justice_accused a join open on open.number = a.proceeding_id
  ), told as (
    select {STEPS} from public.justice_step e join who w on w.number = e.accused_id
    union all select {CHARGES} from public.justice_charge e join who w on w.number = e.accused_id
    union all {" union all ".join(_entry(*one) for one in ENTRIES.items())}
    union all select {HEARINGS} from public.justice_hearing e join open
      on open.number = e.proceeding_id
    union all select {ITEMS} from public.evidence_item e join open on open.number = e.proceeding_id
      where not exists (select 1 from public.evidence_item n where n.replaces_id = e.number)
  )
  select jsonb_build_object('province', open.province_code,
    'complaint', {MONTH.format("open.complaint_on")},
    'accused', coalesce((select jsonb_agg(jsonb_build_object('letter', w.letter, 'sex', w.sex,
        'age_from', w.age / 10 * 10, 'literate', w.literate,
        'own_country', case w.nationality when '' then null else w.nationality = 'KHM' end,
        'education', w.education, 'occupation', w.occupation, 'part', w.part,
        'presumed_victim', w.presumed_victim) order by w.letter) from who w), '[]'),
    'rows', coalesce((select jsonb_agg(t.told order by t.whose, t.a, t.b) from told t), '[]'))
    into found from open;
  perform set_config('mekhala.maintenance', coalesce(before, ''), true);
  return found;
end $$;
revoke all on function dossiers_read(text, text) from public;
grant execute on function dossiers_read(text, text) to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_initial"),
        ("evidence", "0001_initial"),
        ("justice", "0013_a_faxed_sheet_beside_its_entry"),
        ("four_eyes", "0002_two_officers_two_agencies_two_devices"),
        ("reading", "0002_files_read_are_counted"),
    ]
    operations = [
        guard("dossiers_access", SEEN),
        *[
            guard(f"dossiers_{name}", WITH_REQUEST.format(f"dossiers_{name}"))
            for name in ("named", "taken")
        ],
        *[append_only(f"dossiers_{name}") for name in ("named", "taken")],
        migrations.RunSQL(
            RULES + READ,
            "drop function dossiers_read(text, text); drop trigger rules on dossiers_access;"
            "drop trigger rules on dossiers_named; drop trigger rules on dossiers_taken;"
            "drop function dossiers_rules(); drop function dossiers_parts();",
        ),
    ]
