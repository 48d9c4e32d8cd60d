"""The closed lists of roles and of purposes for which a file may be opened (R-03)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an officer does; one officer has one role."""

    FIRST_RESPONDER = "first_responder", _("First responder")
    AUTHORITY = "authority", _("Competent authority officer")
    REGISTRAR = "registrar", _("Registrar and social worker")
    PROVIDER = "provider", _("Service provider")
    JUSTICE = "justice", _("Investigator, prosecutor or clerk")
    STATISTICIAN = "statistician", _("National committee and statistician")
    ADMINISTRATOR = "administrator", _("Administrator")


class Purpose(models.TextChoices):
    """Why a file is open to somebody. There is none for enforcing immigration law."""

    FIRST_CONTACT = "first_contact", _("First contact and urgent needs")
    DETERMINATION = "determination", _("Determination")
    REGISTRATION = "registration", _("Registration and referral")
    SUPPORT = "support", _("Support")
    JUSTICE = "justice", _("Criminal proceedings")
