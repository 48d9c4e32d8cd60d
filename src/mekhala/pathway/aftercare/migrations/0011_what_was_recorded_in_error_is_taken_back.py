"""What was recorded in error is taken back and counted no more; a day is one of Phnom Penh.

The functions that count support asked for the date of the connection, which is that of UTC: until
seven in the morning, what fell due today was not yet due.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.safeguards.guards import changed_function

TODAY = "(now() at time zone 'Asia/Phnom_Penh')::date"
LONG = "look_again_on <= current_date"
DUE = """least(end_day, current_date + 1)
      and f.months in (3, 6, 12)"""
DUE_HERE = f"""least(end_day, {TODAY} + 1)
      and f.taken_back_at is null and f.months in (3, 6, 12)"""


class Migration(migrations.Migration):

    dependencies = [
        ('aftercare', '0010_a_return_asks_who_was_named'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='followup',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='followup',
            name='taken_back_because',
            field=models.CharField(blank=True, choices=[('not_so', 'It was not so'), ('other_person', "It was another person's"), ('twice', 'It was recorded twice'), ('not_wanted', 'The person does not want it any more')], max_length=12),
        ),
        migrations.AddField(
            model_name='followup',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plantask',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='plantask',
            name='taken_back_because',
            field=models.CharField(blank=True, choices=[('not_so', 'It was not so'), ('other_person', "It was another person's"), ('twice', 'It was recorded twice'), ('not_wanted', 'The person does not want it any more')], max_length=12),
        ),
        migrations.AddField(
            model_name='plantask',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='servicegiven',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='servicegiven',
            name='taken_back_because',
            field=models.CharField(blank=True, choices=[('not_so', 'It was not so'), ('other_person', "It was another person's"), ('twice', 'It was recorded twice'), ('not_wanted', 'The person does not want it any more')], max_length=12),
        ),
        migrations.AddField(
            model_name='servicegiven',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        changed_function(
            "public.aftercare_count_stays(timestamptz, timestamptz)",
            LONG, f"look_again_on <= {TODAY}",
        ),
        changed_function("public.aftercare_count_follow_ups(date, date)", DUE, DUE_HERE),
    ]
