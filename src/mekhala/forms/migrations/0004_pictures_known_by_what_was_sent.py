"""A picture is kept as it was drawn anew; what was sent is known by its digest, and never changes."""

from django.db import migrations, models
from django.db.migrations import RunSQL

KEPT = "submission_id, name, content_type, content, sent_sha256"
BEFORE = """
select set_config('mekhala.maintenance', 'on', true);
update questionnaires_attachment set sent_sha256 = encode(sha256(content), 'hex');
drop trigger kept_as_it_came on questionnaires_attachment;
"""
TRIGGER = """
create trigger kept_as_it_came before update of {columns} on questionnaires_attachment
  for each row execute function questionnaires_refuse_rewriting();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0004_answers_are_sealed"),("questionnaires", "0003_texts_never_change")]
    operations = [
        migrations.AddField(
            "attachment", "sent_sha256",
            models.CharField(default="", help_text="Of the bytes as sent", max_length=64),
        ),
        RunSQL(BEFORE + TRIGGER.format(columns=KEPT), RunSQL.noop),
    ]  # fmt: skip
