"""A filled form may hold anything: beyond its agency it opens with all there is of a case."""

from django.db import migrations

from mekhala.safeguards.guards import changed_guard

ACTOR = "(select nullif(current_setting('mekhala.officer', true), '')::bigint)"
RULE = f"""
agency_id = (select o.agency_id from access_officer o where o.id = {ACTOR}
  and o.role in ('first_responder', 'authority', 'registrar', 'provider'))
or exists (select 1 from access_grant g
  where g.officer_id = {ACTOR} and g.file_number = questionnaires_submission.case_number
    and g.purpose in ('first_contact', 'determination', 'registration')
    and 'location' = any (g.field_classes) and 'identity' = any (g.field_classes)
    and 'narrative' = any (g.field_classes) and g.until > now() offset 0)
"""


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_texts_never_change"), ("access", "0004_grants_name_the_classes_they_open")]
    operations = [changed_guard("questionnaires_submission", "by_grant", RULE)]
