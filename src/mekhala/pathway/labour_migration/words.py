"""The closed lists of safer departure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an agency is said or found to have done."""

    FEE = "fee", _("Took more money than allowed")
    DEBT = "debt", _("Lent money that keeps the worker there")
    PAPERS = "papers", _("Keeps passport or papers")
    PAY = "pay", _("Pay is not what was promised, or is kept back")
    OTHER_WORK = "other_work", _("Other work or employer than promised")
    HOURS = "hours", _("No rest, no free days")
    NO_CONTRACT = "no_contract", _("No contract, or none the worker can read")
    CONFINED = "confined", _("Kept from leaving the house or the agency's rooms")
    VIOLENCE = "violence", _("Violence or threats")
    CHILD = "child", _("A child was sent, or papers say a wrong age")
    NOT_HELPED = "not_helped", _("Asked for help and was not helped")
    UNLICENSED = "unlicensed", _("Placed workers without a licence or while suspended")


class Source(models.TextChoices):
    """Where an incident comes from."""

    COMPLAINT = "complaint", _("A complaint")
    INSPECTION = "inspection", _("An inspection")
    COURT = "court", _("A court or authority abroad")
    RECORD = "record", _("The agency's own figures")


class Outcome(models.TextChoices):
    """What was found of a complaint by who looked into it."""

    ESTABLISHED = "established", _("Established")
    UNFOUNDED = "unfounded", _("Unfounded")
    NOT_TOLD = "not_told", _("Cannot be told")
    MISTAKEN = "mistaken", _("Entered by mistake: another agency's, or twice")


class Complainant(models.TextChoices):
    """Who complains."""

    WORKER = "worker", _("The worker")
    FAMILY = "family", _("The family")
    CONSUL = "consul", _("A consul")
    OTHER = "other", _("Somebody else")


class Rung(models.TextChoices):
    """The ladder of sanctions, the mildest first, and the way back. A person decides each."""

    NONE = "none", _("No sanction")
    WARNING = "warning", _("Written warning")
    DEPOSIT = "deposit", _("Deposit used to repay workers")
    SUSPENSION = "suspension", _("Licence suspended")
    REMOVAL = "removal", _("Licence withdrawn")
    LIFTED = "lifted", _("Suspension ended early")


class Mistake(models.TextChoices):
    """Why something that was entered is taken back."""

    NOT_SO = "not_so", _("It was not so")
    ANOTHERS = "anothers", _("It was another's")
    TWICE = "twice", _("It was recorded twice")


class Whom(models.TextChoices):
    """Who was asked how the person is. The person first, always."""

    PERSON = "person", _("The person")
    CONTACT = "contact", _("The contact the person chose")


class Found(models.TextChoices):
    """What came of asking."""

    WELL = "well", _("Is well")
    NEEDS_HELP = "needs_help", _("Needs help")
    NOT_REACHED = "not_reached", _("Not reached")
    NO_MORE = "no_more", _("Does not want to be asked any more")


class EntryKind(models.TextChoices):
    """A line of a village fund's ledger."""

    PAID_IN = "paid_in", _("Paid in")
    LENT = "lent", _("Lent")
    REPAID = "repaid", _("Repaid")
    COST = "cost", _("Cost")
    FORGIVEN = "forgiven", _("Forgiven")
    TAKEN_BACK = "taken_back", _("Taken back")
