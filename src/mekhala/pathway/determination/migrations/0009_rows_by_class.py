"""What was told, found, read and decided is the narrative; who declared a tie is not.

Who referred a person, or was asked for a fact, still sees what they themselves brought.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import changed_guard, granted, open_by_class

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
TOLD, OPEN = FieldClass.NARRATIVE, FieldClass.OPEN
FILE, RECUSAL = "determination_determinationfile", "determination_recusal"
THROUGH_FILE = ("finding", "reading", "source", "factrequest", "clockchange")


def through_file(table):
    held = granted("f.case_id", Purpose.DETERMINATION, field_class=TOLD)
    return f"""exists (select 1 from {FILE} f where f.id = {table}.file_id
      and {held} offset 0)"""


REFERRED = f"""opened_by_id = {ACTOR} and {
    granted(f"{FILE}.case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION, field_class=TOLD)}"""
DECIDED = f"""(closed_at is not null or asks_again_id is not null)
  and {granted(f"{FILE}.case_id", Purpose.REGISTRATION, field_class=TOLD)}"""
TIES = granted(
    f"{RECUSAL}.case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION, field_class=OPEN
)


class Migration(migrations.Migration):
    dependencies = [("determination", "0008_first_question_once"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [
        open_by_class(FILE, "case_id", Purpose.DETERMINATION, field_class=TOLD),
        changed_guard(FILE, "brought_seen", REFERRED, what="select"),
        changed_guard(FILE, "brought", REFERRED, what="insert"),
        changed_guard(FILE, "decided_seen", DECIDED, what="select"),
        *[
            changed_guard(table, "by_grant", through_file(table))
            for table in (f"determination_{name}" for name in THROUGH_FILE)
        ],
        open_by_class(RECUSAL, "case_id", Purpose.DETERMINATION, field_class=OPEN),
        changed_guard(RECUSAL, "tie_seen", TIES, what="select"),
        *[
            open_by_class(
                table, "case_id", Purpose.DETERMINATION, Purpose.REGISTRATION, field_class=TOLD
            )
            for table in ("determination_decision", "determination_letter")
        ],
    ]
