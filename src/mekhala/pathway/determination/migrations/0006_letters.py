"""Letters: open to who knows the decision; what they say is never changed, only how they went on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import open_by_grant

WENT_ON = """approved_by_id, approved_at, language_checked, handed_over_by_id, handed_over_at,
  handed_over_how, withdrawn_by_id, withdrawn_at, withdrawn_because"""


class Migration(migrations.Migration):

    dependencies = [
        ("determination", "0005_quality_counted_through_a_function"),
        ('encounter', '0003_safe_contact'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('decision', 'The decision, to the person'), ('notice', 'Notice to who referred the person')], max_length=12)),
                ('language', models.CharField(choices=[('km', 'Khmer'), ('en', 'English'), ('th', 'Thai'), ('vi', 'Vietnamese')], max_length=4)),
                ('content', models.JSONField(help_text='What the letter says, piece by piece')),
                ('texts_version', models.CharField(help_text='Version and digest of the texts', max_length=20)),
                ('texts_reviewed', models.BooleanField(help_text='Whether a native reader checked the texts')),
                ('pdf', models.BinaryField()),
                ('digest', models.CharField(help_text='SHA-256 of the PDF', max_length=64)),
                ('prepared_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('language_checked', models.BooleanField(help_text='Whether a reader of the language has read it; empty: no need', null=True)),
                ('handed_over_at', models.DateTimeField(null=True)),
                ('handed_over_how', models.CharField(blank=True, choices=[('read_aloud', 'Read aloud by a worker'), ('on_paper', 'Handed over on paper by a worker'), ('telephone', 'Read by telephone to the person alone'), ('trusted_person', 'Given to the person whom she or he trusts'), ('lawyer', 'Given to the lawyer'), ('guardian', 'Told to the guardian of a child'), ('between_offices', 'From office to office')], max_length=20)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_because', models.TextField(blank=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='encounter.case')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='determination.decision')),
                ('handed_over_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-prepared_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('decision', 'kind', 'language'), name='letter_one_of_a_kind_stands'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='letter_approved_by_another'), models.CheckConstraint(condition=models.Q(('handed_over_at', None), models.Q(('approved_at__isnull', False), models.Q(('handed_over_how', ''), _negated=True)), _connector='OR'), name='letter_handed_over_after_approval'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='letter_withdrawn_with_a_reason')],
            },
        ),
        open_by_grant(
            "determination_letter", "case_id", Purpose.DETERMINATION, Purpose.REGISTRATION
        ),
        migrations.RunSQL(
            "revoke update on determination_letter from mekhala_app;"
            f"grant update ({WENT_ON}) on determination_letter to mekhala_app;",
            f"revoke update ({WENT_ON}) on determination_letter from mekhala_app;"
            "grant update on determination_letter to mekhala_app;",
        ),
    ]
