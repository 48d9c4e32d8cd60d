"""Filled forms are found by their own ids: the index of agencies alone goes, and edits lead with ids.

A plan made while the table was small took the index of agencies to look for one form, and read
every form of the agency for each that came: what a form cost grew with how many there were, until
the tables were measured anew.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_organisations_that_watch_trials'),
        ('questionnaires', '0015_filled_forms_kept_together'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='submission',
            name='submission_edits',
        ),
        migrations.AlterField(
            model_name='submission',
            name='agency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('deprecated_id', ''), _negated=True), fields=['deprecated_id', 'agency'], name='submission_edits'),
        ),
    ]
