"""Rows kept under one file: a case, or a proceeding; and the link between both."""

from django.db import models
from django.db.models import Q

from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer

ONE_FILE = Q(case=None) & ~Q(proceeding="") | Q(case__isnull=False, proceeding="")


class OfOneFile(models.Model):
    """Kept under a case by who helps, or under a proceeding by justice: under one of both."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    proceeding = models.CharField(max_length=20, blank=True, help_text="Number of a proceeding")
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=ONE_FILE, name="%(app_label)s_%(class)s_of_one_file")
        ]
        indexes = [models.Index(fields=["proceeding"], name="%(class)s_proceeding")]

    def __str__(self) -> str:
        return self.number

    @property
    def file_number(self) -> str:
        """The number of the case or of the proceeding it is kept under."""
        return str(self.case_id or self.proceeding)


class Link(models.Model):
    """What justice keeps under this number is seen from this case; seen from nowhere else."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number
