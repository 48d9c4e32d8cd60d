"""Why an act of redress is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class DayToCome(ActRefused):
    """A day of something done lies in the future."""

    words = _("This day has not come yet. Give the day on which it happened.")


class DaysOutOfOrder(ActRefused):
    """A day lies before what it follows."""

    words = _("The days are not in order. Check both dates.")


class NotStanding(ActRefused):
    """What was replaced or ended is not paid, ended or replaced again."""

    words = _("This was replaced or ended before. Look at what stands now.")


class MoreThanOwed(ActRefused):
    """More was paid than is still owed."""

    words = _("This is more than is still owed. Check the amount and the currency.")


class NotAPayment(ActRefused):
    """Only a payment that stands can be taken back."""

    words = _("This payment was taken back before.")


class AnsweredBefore(ActRefused):
    """A measure is answered once; it may be asked for again."""

    words = _("An answer is recorded already. Ask for the measure again if it is needed again.")


class ReasonMissing(ActRefused):
    """A refusal says why."""

    words = _("Say why it was refused; if nobody said why, choose “No reason was given”.")


class NotAnAmount(ActRefused):
    """An amount is a positive number."""

    words = _("Give an amount above zero.")


class OnlyInAProceeding(ActRefused):
    """This is kept with a proceeding, by justice."""

    words = _("This is kept with the proceeding, by its officers.")


class AssignedBefore(ActRefused):
    """A lawyer is assigned once to each request."""

    words = _("A lawyer is assigned already. Ask anew if another one is needed.")


class AgreementMissing(ActRefused):
    """What justice keeps is seen from a case only while the person's yes to justice stands."""

    words = _("No agreement of the person stands that lets your agency link this case.")
