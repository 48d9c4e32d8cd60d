"""The closed lists of a return: steps, documents, what is checked, what the person says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepCode(models.TextChoices):
    """One step of a corridor."""

    SCREENED = "screened", _("Screened, before anything else is decided")
    IDENTIFIED = "identified", _("Interview and form of identification")
    STATEMENT = "statement", _("The person says whether to return")
    NOTIFIED = "notified", _("The other side is told")
    SHELTERED = "sheltered", _("Safe place and care until the return")
    PAPERS_RECEIVED = "papers_received", _("Immigration department has the papers")
    NATIONALITY = "nationality", _("Local police verify who the person is")
    RETURN_PAPERS = "return_papers", _("Verification finished, return papers issued")
    FAMILY = "family", _("Family traced and assessed")
    RISK = "risk", _("Assessed whether the return is safe")
    TRAVEL_PAPERS = "travel_papers", _("Travel papers issued")
    DATE_AGREED = "date_agreed", _("Day of the handover agreed")
    HANDOVER = "handover", _("Handed over at the border")
    ARRIVAL = "arrival", _("Received, and in a safe place")
    FIRST_WEEK = "first_week", _("Seen in the first week")
    REPORT = "report", _("Report on how things stand, to the other side")


class Document(models.TextChoices):
    """A paper that goes with a step."""

    PROFILE = "profile", _("Profile: the minimum data set")
    STATEMENT = "statement", _("Signed statement of return")
    MINISTRY_LETTER = "ministry_letter", _("Letter of the ministry")
    IDENTITY_PROOF = "identity_proof", _("Proof of who the person is")
    FAMILY_ASSESSMENT = "family_assessment", _("Family assessment")
    LAISSEZ_PASSER = "laissez_passer", _("Laissez-passer")
    TRAVEL_PAPER = "travel_paper", _("Temporary travel paper")
    MEDICAL = "medical", _("Medical paper, given to the person")
    MONEY = "money", _("List of wages and compensation carried over")
    BELONGINGS = "belongings", _("List of belongings")
    REPORT = "report", _("Follow-up report")


class Wish(models.TextChoices):
    """What the person says about returning. The newest counts; until the handover it may change."""

    RETURN = "return", _("Wants to return")
    STAY = "stay", _("Does not want to return")
    LATER = "later", _("Wants time, or to be asked again")
    TAKEN_BACK = "taken_back", _("Takes back what was said before")


class CheckKind(models.TextChoices):
    """What somebody finds out before a return."""

    IDENTITY = "identity", _("Is it verified who the person is?")
    RISK = "risk", _("Is the return safe?")
    FAMILY = "family", _("Is the family safe and willing?")


class Finder(models.TextChoices):
    """Who found it out."""

    AFTERCARE = "aftercare", _("The service that helps the person")
    SOCIAL_AFFAIRS = "social_affairs", _("Social affairs")
    POLICE = "police", _("Police or immigration department")
    EMBASSY = "embassy", _("Embassy")
    OTHER_SIDE = "other_side", _("The body of the other country")


class Mistake(models.TextChoices):
    """Why a step is taken back."""

    NOT_DONE = "not_done", _("It was not done")
    OTHER_DAY = "other_day", _("It was done on another day")
    OTHER_PERSON = "other_person", _("It was another person's")


class Ending(models.TextChoices):
    """How a return ended."""

    COMPLETE = "complete", _("Every step was done")
    HOME = "home", _("The person is home; not every step was confirmed")
    PERSONS_WISH = "persons_wish", _("The person does not want to return")
    NOT_SAFE = "not_safe", _("The return would not be safe")
    OTHER_COUNTRY = "other_country", _("The person is of another country")
    BY_MISTAKE = "by_mistake", _("Begun by mistake, or twice")
