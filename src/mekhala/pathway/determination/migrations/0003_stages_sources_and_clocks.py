"""Two stages, tellings with who, how and through whom, facts asked for, clocks, recusals."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('determination', '0002_row_security'),
        ('encounter', '0002_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('paused', 'Paused'), ('resumed', 'Goes on'), ('extended', 'Extended'), ('minimum_ended', "Minimum time ended at the person's wish")], max_length=20)),
                ('reason', models.CharField(choices=[('persons_wish', 'The person wishes it'), ('health', "The person's health"), ('safety', "The person's safety"), ('not_reached', 'The person cannot be reached'), ('interpreter', 'No interpreter yet'), ('evidence', 'A document or answer is on its way'), ('reason_ended', 'The reason for waiting has ended')], max_length=20)),
                ('because', models.TextField()),
                ('due_before', models.DateField()),
                ('due_on', models.DateField(help_text='Due on this day from here on')),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['changed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FactRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Fact code of the contract', max_length=60)),
                ('question', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(help_text='Answered or taken back', null=True)),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declared_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'The person herself or himself'), ('family', 'A member of the family'), ('witness', 'Another person'), ('accused', 'A person complained of'), ('document', 'A document or object'), ('officer', 'An officer saw it'), ('health_worker', 'A doctor or counsellor'), ('organisation', 'An organisation that helps'), ('screening', 'The screening')], max_length=16)),
                ('manner', models.CharField(choices=[('statement', 'Statement'), ('document', 'Document'), ('observation', 'Observation'), ('medical', 'Medical finding'), ('ngo_report', 'Report of an organisation'), ('screening', 'Screening')], max_length=16)),
                ('who', models.CharField(blank=True, help_text="Role or number, as in 'co-worker 2'; no name", max_length=120)),
                ('said_on', models.DateField(help_text='Empty: the day is not known', null=True)),
                ('language', models.CharField(blank=True, help_text='BCP 47; empty: not known', max_length=10)),
                ('interpreting', models.CharField(choices=[('none_needed', 'Spoken directly'), ('sworn', 'Through a sworn interpreter'), ('unsworn', 'Through another interpreter'), ('known_to_person', 'Through somebody the person knows'), ('not_known', 'Not known')], default='not_known', max_length=16)),
                ('present', models.CharField(blank=True, help_text='Who else was there; empty: not known', max_length=200)),
                ('in_between', models.TextField(blank=True, help_text='What happened since the earlier telling')),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['said_on', 'id'],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='grounds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('elements_made_out', 'Each element is made out'), ('child_no_means', 'A child, or treated as one: no means is needed'), ('consent_no_matter', 'That the person agreed does not matter'), ('suspected', 'Reasonable grounds, although not all is known'), ('no_act', 'No act is made out'), ('no_means', 'No means is made out'), ('no_purpose', 'No purpose of exploitation is made out'), ('fits_smuggling', 'The facts fit smuggling'), ('fits_labour', 'The facts fit a breach of labour rights'), ('fits_other', 'The facts fit another offence against the person'), ('sources_weighed', 'Sources differ and were weighed, as said'), ('other', 'Another ground, as said in the reasons')], max_length=20), default=list),
        ),
        migrations.AddField(
            model_name='decision',
            name='is_override',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='asked_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='asked_grounds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('new_evidence', 'There is new evidence'), ('guidance', 'The decision departs from the guidance')], max_length=20), default=list),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='asks_again',
            field=models.ForeignKey(help_text='The decision looked at again; it stays as it is', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='asked_again', to='determination.decision'),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='late_because',
            field=models.TextField(blank=True, help_text='Why it is asked after the time allowed'),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='not_before',
            field=models.DateField(help_text='Nobody decides before: time to recover', null=True),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='paused_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='determinationfile',
            name='stage',
            field=models.CharField(choices=[('reasonable_grounds', 'Reasonable grounds'), ('conclusive_grounds', 'Conclusive grounds')], default='reasonable_grounds', max_length=20),
        ),
        migrations.AddField(
            model_name='reading',
            name='declared_no_tie',
            field=models.BooleanField(default=True),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reading',
            name='grounds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('elements_made_out', 'Each element is made out'), ('child_no_means', 'A child, or treated as one: no means is needed'), ('consent_no_matter', 'That the person agreed does not matter'), ('suspected', 'Reasonable grounds, although not all is known'), ('no_act', 'No act is made out'), ('no_means', 'No means is made out'), ('no_purpose', 'No purpose of exploitation is made out'), ('fits_smuggling', 'The facts fit smuggling'), ('fits_labour', 'The facts fit a breach of labour rights'), ('fits_other', 'The facts fit another offence against the person'), ('sources_weighed', 'Sources differ and were weighed, as said'), ('other', 'Another ground, as said in the reasons')], max_length=20), default=list),
        ),
        migrations.AddField(
            model_name='reading',
            name='is_override',
            field=models.BooleanField(default=False, help_text='The reading leaves what the rule gives'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reading',
            name='rule_gave',
            field=models.CharField(default='not_kept', help_text='met, not_met or undetermined', max_length=16),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='decision',
            name='status',
            field=models.CharField(choices=[('PossibleVictimOfTrafficking', 'Reasonable grounds'), ('ActualVictimOfTrafficking', 'Recognised as victim'), ('NotAVictimOfTrafficking', 'Not established')], max_length=40),
        ),
        migrations.AlterField(
            model_name='finding',
            name='because',
            field=models.TextField(help_text='What was said or seen, in the words used'),
        ),
        migrations.AlterField(
            model_name='reading',
            name='answer',
            field=models.CharField(choices=[('PossibleVictimOfTrafficking', 'Reasonable grounds'), ('ActualVictimOfTrafficking', 'Recognised as victim'), ('NotAVictimOfTrafficking', 'Not established')], max_length=40),
        ),
        migrations.AlterField(
            model_name='reading',
            name='reasons',
            field=models.TextField(help_text='In words, kept with the decision'),
        ),
        migrations.AddConstraint(
            model_name='determinationfile',
            constraint=models.CheckConstraint(condition=models.Q(('asks_again', None), models.Q(('asked_because', ''), _negated=True), _connector='OR'), name='file_asks_again_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('declared_no_tie', True)), name='reading_only_without_a_tie'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('is_override', False), models.Q(('differs_because', ''), _negated=True), _connector='OR'), name='reading_leaves_the_rule_with_a_reason'),
        ),
        migrations.AddField(
            model_name='clockchange',
            name='changed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clockchange',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clock_changes', to='determination.determinationfile'),
        ),
        migrations.AddField(
            model_name='factrequest',
            name='answer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='determination.finding'),
        ),
        migrations.AddField(
            model_name='factrequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factrequest',
            name='asked_of',
            field=models.ForeignKey(help_text='The officer asked; empty: whoever of the authority finds out', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='factrequest',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='determination.determinationfile'),
        ),
        migrations.AddField(
            model_name='recusal',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounter.case'),
        ),
        migrations.AddField(
            model_name='recusal',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='source',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='determination.determinationfile'),
        ),
        migrations.AddField(
            model_name='source',
            name='follows',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='determination.source'),
        ),
        migrations.AddField(
            model_name='source',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finding',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='determination.source'),
        ),
        migrations.AddConstraint(
            model_name='clockchange',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('due_before'))), name='clock_never_shortened'),
        ),
        migrations.AddConstraint(
            model_name='factrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('file', 'code'), name='request_one_open_per_fact'),
        ),
        migrations.AddConstraint(
            model_name='factrequest',
            constraint=models.CheckConstraint(condition=models.Q(('answer', None), ('ended_at__isnull', False), _connector='OR'), name='request_answered_has_ended'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('case', 'officer'), name='recusal_once_per_case'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('follows', models.F('id')), _negated=True), name='source_follows_another'),
        ),
    ]
