"""The official register: one entry for one recognised person."""

from django.db import models

from mekhala.pathway.determination.models import Decision
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.identity.fields import SealedText


class Registration(models.Model):
    """A place in the register, and the certificate that goes with it."""

    number = models.CharField(max_length=20, primary_key=True)
    case = models.OneToOneField(Case, models.PROTECT, related_name="registration")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(db_index=True)
    registered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    certificate_code = models.CharField(max_length=12, help_text="Printed beside the number")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = SealedText(person="case_id", bound=("number",))

    class Meta:
        ordering = ["-registered_at"]

    def __str__(self) -> str:
        return self.number
