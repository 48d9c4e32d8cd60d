"""Lists are taken in batches and kept as sealed records; lists taken before are complete."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import mekhala.safeguards.identity.fields
from django.conf import settings
from django.db import migrations, models




def complete_what_was_taken_whole(apps, _editor):
    """Whatever was taken before was taken whole: rows read and completed are known."""
    taken = apps.get_model("linkage", "AgencyList").objects
    taken.update(completed_at=models.F("imported_at"), rows_read=models.F("records"))


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('linkage', '0004_overlap_tables_never_altered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('column', models.CharField(blank=True, help_text='As the agency calls it', max_length=60)),
                ('reason', models.CharField(help_text='core.matching.taking.REASONS', max_length=30)),
            ],
            options={
                'verbose_name_plural': 'rows kept apart',
                'ordering': ['row'],
            },
        ),
        migrations.CreateModel(
            name='KeptMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.SlugField(max_length=40, unique=True)),
                ('text', models.TextField(help_text='TOML, as core.matching.mapping reads it')),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['source'],
            },
        ),
        migrations.CreateModel(
            name='ListOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ListRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(help_text='Row of the file; the header is row 1')),
                ('record', models.CharField(help_text='Keyed digest of source and record id: equal for the same record', max_length=64)),
                ('said', mekhala.safeguards.identity.fields.SealedJSON(bound=('agency_list_id', 'row'), person='agency_list.number')),
            ],
        ),
        migrations.CreateModel(
            name='Nesting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('inner', models.SlugField(max_length=40)),
                ('outer', models.SlugField(max_length=40)),
                ('declared_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['outer', 'inner'],
            },
        ),
        migrations.AddField(
            model_name='agencylist',
            name='completed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='erased_at',
            field=models.DateTimeField(help_text='When its records went for good', null=True),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='filled',
            field=models.JSONField(default=dict, help_text='In how many records each column is filled'),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='is_distinct',
            field=models.BooleanField(default=False, help_text='Holds each person once'),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='kept',
            field=models.CharField(choices=[('tokens', 'Keyed tokens, no names'), ('records', 'Records, sealed, until the linkage project ends'), ('encoded', 'Tokens the agency made itself, no names')], default='tokens', max_length=10),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='made_by',
            field=models.JSONField(default=dict, help_text='Parameters of tokens the agency made'),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='mapping',
            field=models.TextField(blank=True, help_text='How its columns were read, as TOML'),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='months',
            field=models.JSONField(default=dict, help_text='Rows by month of event: {"2025-03": 12}'),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='number',
            field=models.CharField(blank=True, help_text='The keys of its sealed records are kept under it', max_length=20),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='period_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='period_until',
            field=models.DateField(help_text='The last day', null=True),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='rows_apart',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='rows_read',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='stage',
            field=models.CharField(choices=[('identified', 'Identified'), ('reported', 'Reported to the police'), ('charged', 'Charge brought'), ('convicted', 'Conviction'), ('none', 'No stage of its own')], default='none', max_length=10),
        ),
        migrations.AddField(
            model_name='agencylist',
            name='unread',
            field=models.JSONField(default=dict, help_text='{column: {why: cells read as unknown}}'),
        ),
        migrations.AlterField(
            model_name='agencylist',
            name='imported_at',
            field=models.DateTimeField(help_text='When the first row was taken'),
        ),
        migrations.AlterField(
            model_name='agencylist',
            name='records',
            field=models.PositiveIntegerField(help_text='Rows that were accepted'),
        ),
        migrations.AddConstraint(
            model_name='agencylist',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='list_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agencylist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept', 'tokens'), ('number', '')), models.Q(models.Q(('kept', 'tokens'), _negated=True), models.Q(('number', ''), _negated=True)), _connector='OR'), name='list_sealed_under_a_number'),
        ),
        migrations.AddField(
            model_name='keptapart',
            name='agency_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apart', to='linkage.agencylist'),
        ),
        migrations.AddField(
            model_name='keptmapping',
            name='kept_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listopening',
            name='agency_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='linkage.agencylist'),
        ),
        migrations.AddField(
            model_name='listopening',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='listrecord',
            name='agency_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sealed_records', to='linkage.agencylist'),
        ),
        migrations.AddField(
            model_name='nesting',
            name='declared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='keptapart',
            constraint=models.UniqueConstraint(fields=('agency_list', 'row'), name='kept_apart_row_once'),
        ),
        migrations.AddConstraint(
            model_name='listopening',
            constraint=models.CheckConstraint(condition=models.Q(('until__lte', django.db.models.expressions.CombinedExpression(models.F('opened_at'), '+', models.Value(datetime.timedelta(days=1))))), name='list_opening_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='listrecord',
            constraint=models.UniqueConstraint(fields=('agency_list', 'row'), name='list_record_row_once'),
        ),
        migrations.AddConstraint(
            model_name='listrecord',
            constraint=models.UniqueConstraint(fields=('agency_list', 'record'), name='list_record_once'),
        ),
        migrations.AddConstraint(
            model_name='nesting',
            constraint=models.UniqueConstraint(fields=('inner', 'outer'), name='nesting_once'),
        ),
        migrations.AddConstraint(
            model_name='nesting',
            constraint=models.CheckConstraint(condition=models.Q(('inner', models.F('outer')), _negated=True), name='nesting_of_two'),
        ),
        migrations.RunPython(complete_what_was_taken_whole, migrations.RunPython.noop),
    ]
