"""Counts of people asked one by one on leaving for work grow with each form; none is taken away."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0003_answers_on_leaving_for_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('volume', 'Left for work'), ('route', 'The way there'), ('cost', 'What it cost'), ('abuse', 'What was done to the worker')], max_length=10)),
                ('answer', models.CharField(choices=[('left', 'Left for another country in the last twelve months'), ('official', 'Over an official crossing'), ('other_crossing', 'Over another crossing'), ('by_air', 'By air'), ('by_sea', 'By sea'), ('nothing_paid', 'Paid nothing'), ('month', "Paid up to a month's pay there"), ('more', "Paid more than a month's pay there"), ('borrowed', 'Borrowed for it'), ('pay', 'Pay kept back or less than promised'), ('papers', 'Papers kept by somebody else'), ('confined', 'Not free to leave the place'), ('violence', 'Violence or threats'), ('other_work', 'Other work than promised'), ('nothing', 'None of these')], max_length=20)),
                ('sex', models.CharField(choices=[('female', 'Women and girls'), ('male', 'Men and boys'), ('other', 'Other'), ('unknown', 'Not known')], max_length=10)),
                ('home', models.CharField(choices=[('rural', 'A village'), ('urban', 'A town'), ('unknown', 'Not known')], max_length=10)),
                ('asked', models.PositiveIntegerField()),
                ('said', models.PositiveIntegerField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_counts', to='surveys.round')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('round', 'topic', 'answer', 'sex', 'home'), name='asked_counted_once'), models.CheckConstraint(condition=models.Q(('said__lte', models.F('asked'))), name='asked_said_of_asked')],
            },
        ),
        migrations.RunSQL(
            "revoke delete, truncate on surveys_askedcount from mekhala_app",
            "grant delete on surveys_askedcount to mekhala_app",
        ),
    ]
