"""Who may ask again sees the question that was decided; who lets others in sees who has a tie.

A registrar to whom the decision is open sees that question and one that asks it again, and no
more of the file. An officer who opens a case to readers must see who declared a tie to it:
otherwise the case would open to them again.
"""

from django.db import migrations

from mekhala.safeguards.access.purposes import Purpose

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
FILE, RECUSAL = "determination_determinationfile", "determination_recusal"


def granted(number, *purposes):
    words = ", ".join(f"'{purpose}'" for purpose in purposes)
    return f"""exists (select 1 from access_grant g where g.officer_id = {ACTOR}
      and g.file_number = {number} and g.purpose in ({words}) and g.until > now() offset 0)"""


def seen(name, table, rule):
    return migrations.RunSQL(
        f"create policy {name} on {table} for select to mekhala_app using ({rule});",
        f"drop policy {name} on {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("determination", "0006_letters")]
    operations = [
        seen(
            "decided_seen", FILE,
            f"""(closed_at is not null or asks_again_id is not null)
              and {granted(f"{FILE}.case_id", Purpose.REGISTRATION)}""",
        ),
        seen(
            "tie_seen", RECUSAL,
            granted(f"{RECUSAL}.case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION),
        ),
    ]
