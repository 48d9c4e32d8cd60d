"""What is known of a person, and what was found of it, lies sealed.

What quality counts of an outcome (the elements left open, whether sources differ) stays in clear,
as codes in columns of their own. An officer who was asked something may open the question.
"""

from django.db import migrations, models

from django.contrib.postgres.fields import ArrayField
from mekhala.safeguards.identity.fields import SealedBytes, SealedJSON, SealedText
from mekhala.safeguards.identity.sealing_rows import seal_columns

TELLING = ("file_id", "kind", "manner", "recorded_at")
LETTER = ("decision_id", "kind", "language", "prepared_at")
COUNTED = """
select set_config('mekhala.maintenance', 'on', true);
alter table determination_decision disable trigger user;
update determination_decision set
  unknown_elements = array(
    select jsonb_array_elements_text(coalesce(outcome->'palermo'->'missing', '[]'))),
  sources_differ = coalesce(jsonb_array_length(outcome->'sources_differ'), 0) > 0;
set constraints all immediate;
alter table determination_decision enable trigger user;
select set_config('mekhala.maintenance', '', true);
"""
DECIDED = """
create or replace function determination_quality_decided(first_day date, end_day date)
returns table (stage text, status text, days numeric, is_late boolean, is_override boolean,
  readings int, missing jsonb, sources_differ boolean, is_again boolean, is_overturned boolean,
  file_id bigint, case_id text)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select f.stage, d.status,
    extract(epoch from d.decided_at - f.opened_at)::numeric / 86400 - coalesce((
      select sum(case c.act when 'resumed' then extract(epoch from c.changed_at)
          when 'paused' then -extract(epoch from c.changed_at) end) / 86400
      from determination_clockchange c where c.file_id = f.id), 0),
    (d.decided_at at time zone 'Asia/Phnom_Penh')::date > f.due_on,
    d.is_override,
    (select count(*)::int from determination_reading r where r.file_id = f.id),
    to_jsonb(d.unknown_elements),
    d.sources_differ,
    f.asks_again_id is not null,
    coalesce(d.status <> (select old.status from determination_decision old
      where old.id = d.replaces_id), false),
    f.id, f.case_id
  from determination_decision d join determination_determinationfile f on f.id = d.file_id
  where d.decided_at >= first_day::timestamp at time zone 'Asia/Phnom_Penh'
    and d.decided_at < end_day::timestamp at time zone 'Asia/Phnom_Penh'
$$;
"""
ASKED = """exists (select 1 from determination_factrequest r
    join determination_determinationfile f on f.id = r.file_id
  where f.case_id = identity_datakey.subject and r.ended_at is null
    and r.asked_of_id = (select nullif(current_setting('mekhala.officer', true), '')::bigint))"""
POLICY = f"""
create policy of_a_question_returned on identity_datakey for select to mekhala_app
  using ({ASKED});
"""


def without(model: str, name: str) -> migrations.RemoveConstraint:
    return migrations.RemoveConstraint(model, name)


def with_check(model: str, name: str, condition: models.Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(model, models.CheckConstraint(condition=condition, name=name))



class Migration(migrations.Migration):
    dependencies = [
        ("determination", "0009_rows_by_class"),
        ("determination", "0008_first_question_once"),
        ("identity", "0006_what_is_said_is_sealed_too"),
    ]
    operations = [
        migrations.AddField(
            "decision", "unknown_elements",
            ArrayField(
                models.CharField(max_length=10), default=list,
                help_text="Elements left open by the outcome: what quality counts",
            ),
        ),
        migrations.AddField(
            "decision", "sources_differ",
            models.BooleanField(default=False, help_text="Counted, as above"),
        ),
        migrations.RunSQL(COUNTED),
        migrations.RunSQL(DECIDED),
        without("determinationfile", "file_asks_again_with_a_reason"),
        without("reading", "reading_leaves_the_rule_with_a_reason"),
        without("letter", "letter_withdrawn_with_a_reason"),
        *seal_columns(
            "determination", "determinationfile",
            asked_because=SealedText(person="case_id", bound=("stage", "opened_at")),
            late_because=SealedText(
                person="case_id", bound=("stage", "opened_at"),
                help_text="Why it is asked after the time allowed",
            ),
        ),
        *seal_columns(
            "determination", "source",
            who=SealedText(
                person="file.case_id", bound=TELLING, max_length=120,
                help_text="Role or number, as in 'co-worker 2'; no name",
            ),
            present=SealedText(
                person="file.case_id", bound=TELLING, max_length=200,
                help_text="Who else was there; empty: not known",
            ),
            in_between=SealedText(
                person="file.case_id", bound=TELLING,
                help_text="What happened since the earlier telling",
            ),
        ),
        *seal_columns(
            "determination", "finding",
            because=SealedText(
                person="file.case_id", bound=("source_id", "code", "recorded_at"),
                help_text="What was said or seen, in the words used",
            ),
        ),
        *seal_columns(
            "determination", "factrequest",
            question=SealedText(person="file.case_id", bound=("file_id", "code", "asked_at")),
        ),
        *seal_columns(
            "determination", "clockchange",
            because=SealedText(person="file.case_id", bound=("file_id", "act", "changed_at")),
        ),
        *seal_columns(
            "determination", "reading",
            reasons=SealedText(
                person="file.case_id", bound=("file_id", "reader_id"),
                help_text="In words, kept with the decision",
            ),
            differs_because=SealedText(
                person="file.case_id", bound=("file_id", "reader_id"),
                help_text="Where the reading leaves the rule",
            ),
        ),
        *seal_columns(
            "determination", "decision",
            outcome=SealedJSON(
                person="case_id", bound=("file_id",), default=dict,
                help_text="The assessment the readers saw, whole",
            ),
            reasons=SealedJSON(
                person="case_id", bound=("file_id",), default=list,
                help_text="Each finding, as weighed on the day",
            ),
        ),
        *seal_columns(
            "determination", "letter",
            content=SealedJSON(
                person="case_id", bound=LETTER, default=dict,
                help_text="What the letter says, piece by piece",
            ),
            pdf=SealedBytes(person="case_id", bound=LETTER),
            withdrawn_because=SealedText(person="case_id", bound=LETTER),
        ),
        migrations.RunSQL("grant update (withdrawn_because) on determination_letter to mekhala_app"),
        with_check(
            "determinationfile", "file_asks_again_with_a_reason",
            models.Q(asks_again=None) | ~models.Q(asked_because=b""),
        ),
        with_check(
            "reading", "reading_leaves_the_rule_with_a_reason",
            models.Q(is_override=False) | ~models.Q(differs_because=b""),
        ),
        with_check(
            "letter", "letter_withdrawn_with_a_reason",
            models.Q(withdrawn_at=None) | ~models.Q(withdrawn_because=b""),
        ),
        migrations.RunSQL(POLICY, "drop policy of_a_question_returned on identity_datakey;"),
    ]
