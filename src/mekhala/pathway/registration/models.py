"""The official register: one entry for one recognised person, and who is one person."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.determination.models import Decision
from mekhala.pathway.encounter.models import Case, Sex
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
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


class AgeTold(models.TextChoices):
    """All of an age that the ministry is told while nobody is named."""

    CHILD = "0-17", _("Under 18")
    ADULT = "18+", _("18 or older")
    UNKNOWN = "unknown", _("Not known")


class Announcement(models.Model):
    """That an organisation helps a presumed victim: the duty to register, met without a name.

    The ministry reads it through ``registration_announced``, which tells the number of the
    announcement and never the case. Who the person is it learns when the person agrees and the
    file is opened to a registrar. Never altered.
    """

    number = models.CharField(max_length=20, primary_key=True)
    case = models.OneToOneField(Case, models.PROTECT, related_name="announcement")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    sex = models.CharField(max_length=10, choices=Sex)
    age_told = models.CharField(max_length=10, choices=AgeTold)
    known_on = models.DateField(help_text="First screened with the advice to refer")
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-announced_at", "number"]

    def __str__(self) -> str:
        return self.number


class Alike(models.TextChoices):
    """What an officer says of two cases. *Cannot tell* is an answer, and joins nobody."""

    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Different people")
    CANNOT_TELL = "cannot_tell", _("Cannot tell")


class SamePersonJudgement(models.Model):
    """What an officer said of two cases: one person, two people, cannot tell; and why.

    Never altered, and nothing is moved or merged by it. Of each pair of cases the judgements are a
    chain: a later one names the one it takes back, and the last one stands. ``about`` is the case
    from whose side it was said, under whose keys the reason is sealed. The application reads and
    writes no row: functions of the database do, and tell nobody of a case that is not open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Case, models.PROTECT, related_name="+")
    second = models.ForeignKey(Case, models.PROTECT, related_name="+")
    about = models.ForeignKey(Case, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=Alike)
    because = SealedText(person="about_id", bound=("id",), max_length=2000)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="same_person_two_cases_in_order"
            ),
            models.CheckConstraint(
                condition=Q(about=F("first")) | Q(about=F("second")),
                name="same_person_said_from_one_side",
            ),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(takes_back=None),
                name="same_person_one_chain_of_a_pair",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.answer}"


class SamePersonQuestion(models.Model):
    """Asked of who knows a case, from a case they do not see: may this be the same person?

    ``likeness``: how each field compares, as codes, ``name:same_key``; nothing of what it says.
    Kept and read through functions of the database, as the judgements are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.ForeignKey(Case, models.PROTECT, related_name="+")
    asks_of = models.ForeignKey(Case, models.PROTECT, related_name="+")
    likeness = ArrayField(models.CharField(max_length=80))
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "asks_of"], name="same_person_asked_once_of_a_case"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.about_id} {self.asks_of_id}"
