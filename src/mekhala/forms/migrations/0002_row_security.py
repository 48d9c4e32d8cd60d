"""What was sent in is there for the agency that received it and for whom its case is open to.

Within the agency it is there for those who meet people: an administrator never reads answers.
"""

from django.db import migrations

from mekhala.safeguards.guards import guard, open_with_parent

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULE = f"""
agency_id = (select o.agency_id from access_officer o where o.id = {ACTOR}
  and o.role in ('first_responder', 'authority', 'registrar', 'provider'))
or exists (select 1 from access_grant g
  where g.officer_id = {ACTOR} and g.file_number = questionnaires_submission.case_number
    and g.purpose in ('first_contact', 'determination', 'registration') and g.until > now() offset 0)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0001_initial"),
        ("access", "0002_grants_seen_by_those_they_concern"),
    ]
    operations = [
        guard("questionnaires_submission", RULE),
        open_with_parent(
            "questionnaires_attachment", "submission_id", "questionnaires_submission"
        ),
    ]
