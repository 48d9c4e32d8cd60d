"""What is taken back stays readable, with who took it back, when and why, and counts no more."""

from django.db import models
from django.db.models import Q

from mekhala.pathway.labour_migration.words import Mistake
from mekhala.safeguards.access.models import Officer

STANDS = Q(taken_back_at=None)


class MayBeTakenBack(models.Model):
    """A row that an officer may take back once."""

    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    taken_back_because = models.CharField(max_length=12, choices=Mistake, blank=True)

    class Meta:
        abstract = True
