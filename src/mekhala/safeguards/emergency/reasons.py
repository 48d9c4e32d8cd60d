"""The closed list of emergencies, and what of a file each one needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a file cannot wait for whoever holds it."""

    DANGER_TO_LIFE = "danger_to_life", _("Somebody's life is in danger")
    MEDICAL = "medical", _("The person needs medical help now")
    CHILD_AT_RISK = "child_at_risk", _("A child is at risk now")
    LEGAL_BASIS = "legal_basis", _("A law obliges you to act now; the words name it")


class Part(models.TextChoices):
    """What of a file is shown; never what was told about what happened."""

    OPEN = "open", _("What is needed to help")
    LOCATION = "location", _("Where the person was met, and how to reach her or him")
    IDENTITY = "identity", _("Name and papers")


# The database holds the same list (``emergency_parts``); a test compares the two.
NEEDS: dict[Reason, tuple[Part, ...]] = {
    Reason.DANGER_TO_LIFE: (Part.OPEN, Part.LOCATION, Part.IDENTITY),
    Reason.MEDICAL: (Part.OPEN, Part.IDENTITY),
    Reason.CHILD_AT_RISK: (Part.OPEN, Part.LOCATION, Part.IDENTITY),
    Reason.LEGAL_BASIS: (Part.OPEN, Part.IDENTITY),
}
