"""The check before a charge against somebody who may have been made to do it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models.records import Entry, Note


class Compelled(models.TextChoices):
    """What kind of act a charge against somebody who may be a victim is about."""

    SOLICITING = "compelled.soliciting", _("Soliciting")
    IMMIGRATION = "compelled.immigration", _("Entry, stay or exit without papers")
    DOCUMENTS = "compelled.documents", _("False papers")
    FRAUD = "compelled.fraud", _("Fraud, also online")
    DRUGS = "compelled.drugs", _("Drugs")
    RECRUITING = "compelled.recruiting_others", _("Bringing in or watching others")
    OTHER = "compelled.other", _("Another act")


class GateOutcome(models.TextChoices):
    """Where the gate before a charge stands."""

    OPEN = "open", _("The charge may be recorded")
    CLOSED = "closed", _("The charge should not be recorded")
    OVERRIDDEN = "overridden", _("Recorded against the gate, with a prosecutor's reasons")


class GateCheck(Entry):
    """One look, before a charge, at whether the accused may be a victim made to do it."""

    statute = models.CharField(max_length=40)
    article = models.CharField(max_length=20)
    kind = models.CharField(_("What the charge is about"), max_length=30, choices=Compelled)
    presumption = models.BooleanField(
        null=True, help_text="The database's answer; None: no case is linked by consent"
    )
    compelled = models.BooleanField(
        _("The accused was forced, deceived or held to do it"), null=True
    )
    direct_result = models.BooleanField(
        _("The act came directly from the situation the accused was in"), null=True
    )
    neighbours_complain = models.BooleanField(
        _("People living near complained that it affects their affairs"), null=True
    )
    says_forced = models.BooleanField(
        _("Somebody complained of having been forced into it"), null=True
    )
    minors_involved = models.BooleanField(_("It involves minors"), null=True)
    disorder = models.BooleanField(_("It leads to public disorder or insecurity"), null=True)
    outcome = models.CharField(max_length=12, choices=GateOutcome)
    reasons = models.JSONField(default=list, help_text="Codes of what the outcome rests on")
    because = Note(help_text="The prosecutor's reasons where the gate is overridden")
    conduct_from = models.CharField(
        max_length=10, blank=True, help_text="The conduct of the one charge these reasons are for"
    )
    conduct_to = models.CharField(max_length=10, blank=True)
