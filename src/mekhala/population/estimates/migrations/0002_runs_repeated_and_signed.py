"""Runs keep what they were asked on and by which code; they are repeated, and signed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_what_is_known(apps, schema_editor):
    """Runs of before: the hash and the version stand in their answers."""
    for run in apps.get_model("estimates", "EstimateRun").objects.filter(result__isnull=False):
        first = (run.result.get("estimates") or [{}])[0]
        run.data_hash = first.get("data_hash", "")
        run.version = first.get("version", "not known")
        run.save(update_fields=["data_hash", "version"])


class Migration(migrations.Migration):

    dependencies = [
        ('estimates', '0001_initial'),
        ('linkage', '0004_overlap_tables_never_altered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Repeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('equal', 'Equal'), ('differs', 'Differs'), ('failed', 'The work failed')], default='waiting', max_length=10)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('differs', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='estimaterun',
            name='data_hash',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='estimaterun',
            name='progress',
            field=models.JSONField(default=dict, help_text='{method, place, of, done, total}'),
        ),
        migrations.AddField(
            model_name='estimaterun',
            name='started_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='estimaterun',
            name='version',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name='estimaterun',
            name='method',
            field=models.CharField(choices=[('all', 'All methods, side by side'), ('chapman', 'Two lists (Chapman)'), ('independence', 'Independence'), ('stepwise', 'Stepwise'), ('bic', 'Search by BIC'), ('bayes-threshold', 'Bayesian with threshold'), ('decomposable', 'Averaging over graphs'), ('latent-class', 'Latent classes'), ('chao', 'Lower bound (Chao)')], default='all', max_length=30),
        ),
        migrations.AlterField(
            model_name='estimaterun',
            name='result',
            field=models.JSONField(help_text='The estimates as the library answered them', null=True),
        ),
        migrations.AlterField(
            model_name='estimaterun',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Being worked out'), ('done', 'Done'), ('refused', 'Refused'), ('failed', 'The work failed')], default='waiting', max_length=10),
        ),
        migrations.RunPython(keep_what_is_known, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='estimaterun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('done', 'refused')), _negated=True), models.Q(('done_at__isnull', False), ('result__isnull', False), models.Q(('version', ''), _negated=True)), _connector='OR'), name='run_answered_has_its_answer'),
        ),
        migrations.AddField(
            model_name='repeat',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repeats', to='estimates.estimaterun'),
        ),
        migrations.AddField(
            model_name='signature',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signature',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='estimates.estimaterun'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('run', 'by'), name='run_signed_once_each'),
        ),
    ]
