"""How a person may be reached safely: known to who helps, not to justice; never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.guards import append_only, open_by_grant


class Migration(migrations.Migration):

    dependencies = [
        ('encounter', '0002_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('nothing', 'Nobody contacts the person; she or he comes to us'), ('in_person', 'In person, by the worker'), ('telephone', 'By telephone, spoken to the person alone'), ('trusted_person', 'Through a person she or he trusts'), ('lawyer', 'Through a lawyer')], max_length=20)),
                ('hours', models.CharField(blank=True, help_text='When it is safe to telephone', max_length=120)),
                ('through', models.CharField(blank=True, help_text='The role of the trusted person; no name', max_length=120)),
                ('language', models.CharField(blank=True, help_text='BCP 47; empty: not known', max_length=10)),
                ('paper_may_be_given', models.BooleanField(help_text='Empty: not known', null=True)),
                ('guardian_may_know', models.BooleanField(help_text='Of a child; empty: not known, and so not told', null=True)),
                ('words', models.TextField(blank=True, help_text='What else the person said about it')),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safe_contacts', to='encounter.case')),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'indexes': [models.Index(fields=['case', '-asked_at'], name='safe_contact_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('way', 'trusted_person'), _negated=True), models.Q(('through', ''), _negated=True), _connector='OR'), name='safe_contact_says_through_whom')],
            },
        ),
        open_by_grant(
            "encounter_safecontact", "case_id", Purpose.FIRST_CONTACT, Purpose.REGISTRATION,
            Purpose.DETERMINATION, Purpose.SUPPORT,
        ),
        append_only("encounter_safecontact"),
    ]
