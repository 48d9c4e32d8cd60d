"""How a yes was asked for, who answers for a child, and which agency was told to stop.

A yes without an end gets one, 183 days after it was asked. What was asked before is taken as
asked under child rules, for nothing kept says otherwise: it is asked again.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


END_OF_A_YES = """
select set_config('mekhala.maintenance', 'on', true);
alter table consent_consent disable trigger no_change;
update consent_consent set until = asked_at + interval '183 days'
  where answer = 'given' and until is null;
alter table consent_consent enable trigger no_change;
select set_config('mekhala.maintenance', '', true);
set constraints all immediate;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0004_what_a_yes_opens'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guardian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_number', models.CharField(db_index=True, max_length=20)),
                ('relation', models.CharField(choices=[('parent', 'A parent'), ('relative', 'Another relative'), ('other', 'Another person'), ('none', 'Nobody, or not found')], max_length=10)),
                ('involved', models.BooleanField(help_text='Named as having had a part in what happened? Empty: not known', null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'ordering': ['-recorded_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_number', models.CharField(db_index=True, max_length=20)),
                ('recipient', models.CharField(db_index=True, help_text='Code of the agency', max_length=40)),
                ('purpose', models.CharField(max_length=20)),
                ('data_class', models.CharField(blank=True, choices=[('needs', 'What I need'), ('identity', 'My name and papers'), ('story', 'What happened to me'), ('whole_file', 'My whole file')], max_length=20)),
                ('because', models.CharField(choices=[('withdrawn', 'The person took the yes back'), ('refused', 'The person now says no'), ('guardian', 'Who answered for the child may not')], max_length=10)),
                ('cause', models.BigIntegerField(help_text='Id of the answer, or of what is known of a guardian')),
                ('reference', models.CharField(max_length=40)),
                ('told_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.BigIntegerField(null=True)),
                ('held', models.CharField(blank=True, choices=[('nothing', 'We hold nothing'), ('destroyed', 'We destroyed what we held'), ('returned', 'We gave back what we held'), ('own_law', 'We keep what our own law obliges us to keep, and use it for nothing else')], max_length=12)),
            ],
            options={
                'ordering': ['-told_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='as_child',
            field=models.BooleanField(default=True, help_text='Child rules applied: the age was not known to be 18 or more'),
        ),
        migrations.AddField(
            model_name='consent',
            name='best_interest',
            field=models.CharField(blank=True, choices=[('guardian_involved', 'The guardian is named as having had a part'), ('guardian_not_cleared', 'It is not known that the guardian had no part'), ('no_guardian', 'There is no guardian, or none was found'), ('safety_now', 'The child needs a safe place or a doctor now'), ('child_asked', 'The child does not want the guardian to know')], max_length=24),
        ),
        migrations.AddField(
            model_name='consent',
            name='interpreter',
            field=models.BooleanField(help_text='Empty: not known', null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='interpreter_of',
            field=models.CharField(blank=True, choices=[('own_agency', "The asker's agency"), ('other_agency', 'Another agency or an embassy'), ('sworn', 'A court or sworn interpreter'), ('telephone', 'An interpreter by telephone'), ('community', "Somebody of the person's community"), ('relative', 'A relative or friend')], max_length=16),
        ),
        migrations.AddField(
            model_name='consent',
            name='manner',
            field=models.CharField(blank=True, choices=[('spoken', 'Spoken'), ('signed', 'Signed'), ('thumbprint', 'Thumbprint')], max_length=10),
        ),
        migrations.AddField(
            model_name='consent',
            name='present',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('alone', 'Nobody else: the person was alone with the asker'), ('interpreter', 'An interpreter'), ('guardian', 'A guardian'), ('officer', 'Another officer'), ('relative', 'A relative or friend'), ('other', 'Somebody else')], max_length=12), blank=True, default=list),
        ),
        migrations.AddField(
            model_name='consent',
            name='read_out',
            field=models.BooleanField(help_text='Was it read out? Empty: not known', null=True),
        ),
        migrations.AddField(
            model_name='consent',
            name='said_by',
            field=models.CharField(choices=[('person', 'The person'), ('guardian', 'The guardian, for a child'), ('appointed', 'The person whom the social authority appointed, for a child')], default='person', max_length=10),
        ),
        migrations.AlterField(
            model_name='consent',
            name='language',
            field=models.CharField(blank=True, help_text='Explained in; BCP 47', max_length=10),
        ),
        migrations.AlterField(
            model_name='consent',
            name='until',
            field=models.DateTimeField(help_text='Of a yes: its last instant', null=True),
        ),
        migrations.RunSQL(END_OF_A_YES, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'given'), _negated=True), ('until__isnull', False), _connector='OR'), name='consent_yes_ends'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('manner', 'thumbprint'), _negated=True), models.Q(('language', ''), _negated=True), _connector='OR'), name='consent_thumbprint_explained'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'given'), ('said_by', 'appointed'), _negated=True), models.Q(('best_interest', ''), _negated=True), _connector='OR'), name='consent_appointed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='stop',
            constraint=models.UniqueConstraint(fields=('because', 'cause', 'recipient', 'purpose'), name='stop_told_once'),
        ),
    ]
