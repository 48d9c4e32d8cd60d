"""Tellings and facts go when their time is over; what was decided stays."""

from django.db import migrations

from mekhala.pathway.determination import erasure
from mekhala.safeguards.guards import erasable, erases

APPEND_ONLY = ("source", "finding", "clockchange", "reading", "decision", "recusal")


class Migration(migrations.Migration):
    dependencies = [("determination", "0010_quality_counts_real_people_only"), ("retention", "0001_initial")]
    operations = [*[erasable(f"determination_{table}") for table in APPEND_ONLY], *erases("determination", erasure.PARTS)]
