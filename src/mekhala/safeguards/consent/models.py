"""What the person said yes and no to, who answers for a child, and who was told to stop."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DataClass(models.TextChoices):
    """Kinds of data a yes or no is about."""

    NEEDS = "needs", _("What I need")
    IDENTITY = "identity", _("My name and papers")
    STORY = "story", _("What happened to me")
    WHOLE_FILE = "whole_file", _("My whole file")


class Answer(models.TextChoices):
    """Her choice is a field: no and not asked are answers too."""

    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Speaker(models.TextChoices):
    """Whose answer it is. A guardian's stands beside a child's own, never in its place."""

    PERSON = "person", _("The person")
    GUARDIAN = "guardian", _("The guardian, for a child")
    APPOINTED = "appointed", _("The person whom the social authority appointed, for a child")


class Present(models.TextChoices):
    """Who was in the room when it was asked."""

    ALONE = "alone", _("Nobody else: the person was alone with the asker")
    INTERPRETER = "interpreter", _("An interpreter")
    GUARDIAN = "guardian", _("A guardian")
    OFFICER = "officer", _("Another officer")
    RELATIVE = "relative", _("A relative or friend")
    OTHER = "other", _("Somebody else")


class Manner(models.TextChoices):
    """How the answer was given."""

    SPOKEN = "spoken", _("Spoken")
    SIGNED = "signed", _("Signed")
    THUMBPRINT = "thumbprint", _("Thumbprint")


class InterpreterOf(models.TextChoices):
    """Whose the interpreter is. No name: a person is not kept here."""

    OWN_AGENCY = "own_agency", _("The asker's agency")
    OTHER_AGENCY = "other_agency", _("Another agency or an embassy")
    SWORN = "sworn", _("A court or sworn interpreter")
    TELEPHONE = "telephone", _("An interpreter by telephone")
    COMMUNITY = "community", _("Somebody of the person's community")
    RELATIVE = "relative", _("A relative or friend")


class BestInterest(models.TextChoices):
    """Why an appointed person answers for a child, as the social authority found it."""

    GUARDIAN_INVOLVED = "guardian_involved", _("The guardian is named as having had a part")
    GUARDIAN_NOT_CLEARED = (
        "guardian_not_cleared",
        _("It is not known that the guardian had no part"),
    )
    NO_GUARDIAN = "no_guardian", _("There is no guardian, or none was found")
    SAFETY_NOW = "safety_now", _("The child needs a safe place or a doctor now")
    CHILD_ASKED = "child_asked", _("The child does not want the guardian to know")


class Relation(models.TextChoices):
    """Who would answer for the child by law."""

    PARENT = "parent", _("A parent")
    RELATIVE = "relative", _("Another relative")
    OTHER = "other", _("Another person")
    NONE = "none", _("Nobody, or not found")


class Consent(models.Model):
    """One answer: recipient × purpose × data class, until a day. A later answer replaces it."""

    case_number = models.CharField(max_length=20, db_index=True)
    recipient = models.CharField(max_length=40, help_text="Code of the agency")
    purpose = models.CharField(max_length=20)
    data_class = models.CharField(max_length=20, choices=DataClass)
    answer = models.CharField(max_length=10, choices=Answer)
    said_by = models.CharField(max_length=10, choices=Speaker, default=Speaker.PERSON)
    as_child = models.BooleanField(
        default=True, help_text="Child rules applied: the age was not known to be 18 or more"
    )
    best_interest = models.CharField(max_length=24, choices=BestInterest, blank=True)
    language = models.CharField(max_length=10, blank=True, help_text="Explained in; BCP 47")
    interpreter = models.BooleanField(null=True, help_text="Empty: not known")
    interpreter_of = models.CharField(max_length=16, choices=InterpreterOf, blank=True)
    present = ArrayField(models.CharField(max_length=12, choices=Present), default=list, blank=True)
    asked_alone = models.BooleanField(null=True)
    manner = models.CharField(max_length=10, choices=Manner, blank=True)
    read_out = models.BooleanField(null=True, help_text="Was it read out? Empty: not known")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    until = models.DateTimeField(null=True, help_text="Of a yes: its last instant")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer=Answer.GIVEN) | Q(until__isnull=False), name="consent_yes_ends"
            ),
            models.CheckConstraint(
                condition=~Q(manner=Manner.THUMBPRINT) | ~Q(language=""),
                name="consent_thumbprint_explained",
            ),
            models.CheckConstraint(
                condition=~Q(said_by=Speaker.APPOINTED, answer=Answer.GIVEN) | ~Q(best_interest=""),
                name="consent_appointed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.recipient} {self.answer}"


class Guardian(models.Model):
    """What was known, on one day, of who answers for a child by law. The latest counts."""

    case_number = models.CharField(max_length=20, db_index=True)
    relation = models.CharField(max_length=10, choices=Relation)
    involved = models.BooleanField(
        null=True, help_text="Named as having had a part in what happened? Empty: not known"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.case_number} {self.relation}"


class Because(models.TextChoices):
    """Why an agency is told to stop."""

    WITHDRAWN = "withdrawn", _("The person took the yes back")
    REFUSED = "refused", _("The person now says no")
    GUARDIAN = "guardian", _("Who answered for the child may not")


class Held(models.TextChoices):
    """What an agency says of what it holds, when it confirms that it stopped."""

    NOTHING = "nothing", _("We hold nothing")
    DESTROYED = "destroyed", _("We destroyed what we held")
    RETURNED = "returned", _("We gave back what we held")
    OWN_LAW = (
        "own_law",
        _("We keep what our own law obliges us to keep, and use it for nothing else"),
    )


class Stop(models.Model):
    """One agency is told to stop using what it was told; made by the database with the answer.

    ``reference`` is the number the agency knows: of a case, a request or a proceeding.
    """

    case_number = models.CharField(max_length=20, db_index=True)
    recipient = models.CharField(max_length=40, db_index=True, help_text="Code of the agency")
    purpose = models.CharField(max_length=20)
    data_class = models.CharField(max_length=20, choices=DataClass, blank=True)
    because = models.CharField(max_length=10, choices=Because)
    cause = models.BigIntegerField(help_text="Id of the answer, or of what is known of a guardian")
    reference = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.BigIntegerField(null=True)
    held = models.CharField(max_length=12, choices=Held, blank=True)

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["because", "cause", "recipient", "purpose"], name="stop_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.recipient}"
