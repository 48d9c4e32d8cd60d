"""The case and the encounters that led to it. No name stands here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.forms.models import Submission
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.identity.fields import SealedText


class Sex(models.TextChoices):
    """As the person says."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Not known")


class AgeCertainty(models.TextChoices):
    """How the age is known. Unless it is known to be 18 or more, child rules apply."""

    KNOWN = "known", _("Known")
    ESTIMATED = "estimated", _("Estimated")
    DISPUTED = "disputed", _("Disputed")
    UNKNOWN = "unknown", _("Not known")


class UrgentNeed(models.TextChoices):
    """Needs that do not wait for any decision."""

    SAFETY = "safety", _("A safe place")
    HEALTH = "health", _("Health care")
    FOOD = "food", _("Food and clothes")
    INTERPRETER = "interpreter", _("An interpreter")
    CHILD_CARE = "child_care", _("Care for a child")
    LEGAL = "legal", _("A lawyer")
    CONTACT_FAMILY = "contact_family", _("Contact with family")


class ClosingReason(models.TextChoices):
    """Why a case is closed. No reason says anything about what happened to the person."""

    HELP_COMPLETE = "help_complete", _("The help agreed on is complete")
    PERSONS_WISH = "persons_wish", _("The person wishes no more contact")
    CARRIED_ON = "carried_on", _("Another service carries on, with the person's yes")
    NOT_REACHED = "not_reached", _("The person cannot be reached any more")
    DIED = "died", _("The person died")
    BY_MISTAKE = "by_mistake", _("Opened by mistake, or twice")


class StillOpen(models.TextChoices):
    """What of a case is not finished. It is closed all the same only where that is said.

    Not so with a stay, which ends first: nobody is kept anywhere by a case that is over.
    """

    QUESTION = "question", _("A question to the competent authority is open")
    REFERRAL = "referral", _("A service was asked, or helps")
    FOLLOW_UP = "follow_up", _("A day to look in is still to come")
    STAY = "stay", _("The person stays in a house")


class Case(models.Model):
    """One person's way through the mechanism, under a number that means nothing.

    ``closed_at`` None: open. ``closing_noted_at`` is the database's own clock, from which the
    time is counted until anything is erased; ``erased_at``: nothing of the person is left here.
    ``quiet_told_at``: when it was last told of that nobody had done anything for long.
    """

    number = models.CharField(max_length=20, primary_key=True)
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, help_text="Years, at the first encounter")
    age_certainty = models.CharField(
        max_length=10, choices=AgeCertainty, default=AgeCertainty.UNKNOWN
    )
    nationality = models.CharField(max_length=3, blank=True, help_text="ISO 3166-1 alpha-3")
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    closed_because = models.CharField(max_length=20, choices=ClosingReason, blank=True)
    closed_despite = ArrayField(
        models.CharField(max_length=20, choices=StillOpen), default=list,
        help_text="What was not finished, and whoever closed the case knew it",
    )  # fmt: skip
    closing_noted_at = models.DateTimeField(null=True, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)
    quiet_told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-opened_at", "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None, closed_because="")
                | models.Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~models.Q(closed_because=""),
                name="case_closed_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(age__lte=120) | models.Q(age=None), name="case_age"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class WhyNotScreened(models.TextChoices):
    """Why nobody was screened at a meeting. Each is a state of affairs; none says she is no victim.

    "Nothing pointed to it" is not among them: that is what a screening finds.
    """

    NOT_SAFE = "not_safe", _("It was not safe to ask")
    CARE_FIRST = "care_first", _("Health or safety came first")
    NO_INTERPRETER = "no_interpreter", _("Nobody could interpret")
    NOBODY_TRAINED = "nobody_trained", _("Nobody trained for it was there")
    PERSON_LEFT = "person_left", _("The person left before it could be asked")
    NOT_WANTED = "not_wanted", _("The person did not want to be asked")
    SOMEBODY_ELSE = "somebody_else", _("Somebody else called or came, not the person")
    SCREENED_ELSEWHERE = "screened_elsewhere", _("Another agency has screened the person")
    NOTHING_NEW = "nothing_new", _("Screened before, and nothing new was said")


class Encounter(models.Model):
    """Somebody met the person: who, where, when, and what could not wait.

    Each meeting leads to a screening, or to a reason why there was none; until then it waits.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="encounters")
    met_at = models.DateTimeField()
    met_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=8, help_text="Gazetteer code, province to village")
    urgent_needs = ArrayField(models.CharField(max_length=20, choices=UrgentNeed), default=list)
    consents_to_go_on = models.BooleanField(null=True, help_text="Empty: not asked")
    was_alone = models.BooleanField(null=True, help_text="Asked alone? Empty: not known")
    submission = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="+")
    not_screened_because = models.CharField(
        max_length=20, choices=WhyNotScreened, blank=True, help_text="Empty: nobody has said"
    )
    not_screened_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    not_screened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["met_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    not_screened_because="", not_screened_by=None, not_screened_at=None
                )
                | ~models.Q(not_screened_because="")
                & models.Q(not_screened_by__isnull=False, not_screened_at__isnull=False),
                name="encounter_not_screened_says_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.met_at:%Y-%m-%d}"


class RefusalCount(models.Model):
    """How many people did not want to go on: a count that grows, and nothing of any of them.

    No number, no day, no agency and no words: month, province, kind of agency, child or adult, sex.
    Kept and read through two functions of the database; the application reads no row.
    """

    pk = models.CompositePrimaryKey("month", "province_code", "agency_kind", "age_band", "sex")
    month = models.DateField(help_text="The first of the month")
    province_code = models.CharField(max_length=2)
    agency_kind = models.CharField(max_length=30)
    age_band = models.CharField(max_length=10, help_text="0-17, 18+ or unknown")
    sex = models.CharField(max_length=10)
    people = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.province_code}"


class SafeWay(models.TextChoices):
    """How the person may be reached without danger. None of them is a message to a phone."""

    NOTHING = "nothing", _("Nobody contacts the person; she or he comes to us")
    IN_PERSON = "in_person", _("In person, by the worker")
    TELEPHONE = "telephone", _("By telephone, spoken to the person alone")
    TRUSTED_PERSON = "trusted_person", _("Through a person she or he trusts")
    LAWYER = "lawyer", _("Through a lawyer")


class SafeContact(models.Model):
    """How the person said, on one day, that she or he may be reached. The latest counts.

    Never edited: what was safe last month is kept, and a new answer is added. Where nobody ever
    asked, nothing is sent. Telephone numbers and names stand in the vault, not here.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="safe_contacts")
    way = models.CharField(max_length=20, choices=SafeWay)
    hours = SealedText(
        person="case_id", bound=("asked_at",), max_length=120,
        help_text="When it is safe to telephone",
    )  # fmt: skip
    through = SealedText(
        person="case_id", bound=("asked_at",), max_length=120,
        help_text="The role of the trusted person; no name",
    )  # fmt: skip
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47; empty: not known")
    paper_may_be_given = models.BooleanField(null=True, help_text="Empty: not known")
    guardian_may_know = models.BooleanField(
        null=True, help_text="Of a child; empty: not known, and so not told"
    )
    words = SealedText(
        person="case_id", bound=("asked_at",), help_text="What else the person said about it"
    )
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["case", "-asked_at"], name="safe_contact_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(way=SafeWay.TRUSTED_PERSON) | ~models.Q(through=b""),
                name="safe_contact_says_through_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way}"
