
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('linkage', '0002_register_counted_without_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='EstimateRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('all', 'All methods, side by side'), ('independence', 'Independence'), ('stepwise', 'Stepwise')], default='all', max_length=30)),
                ('level', models.FloatField(default=0.95)),
                ('bootstrap', models.PositiveIntegerField(default=1000)),
                ('seed', models.PositiveIntegerField(default=1)),
                ('asked_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('refused', 'Refused'), ('failed', 'The work failed')], default='waiting', max_length=10)),
                ('result', models.JSONField(help_text='The estimate as the library answered it', null=True)),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='linkage.overlaptable')),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
            },
        ),
    ]
