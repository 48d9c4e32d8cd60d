"""Why a referral is refused, in words an officer may read."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mekhala.pathway.directory.fitting import Fit
from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class NoPlaceLeft(ActRefused):
    """Somebody else took the last place. ``others`` are the services that could be asked next."""

    words = _("The last place was taken a moment ago.")

    def __init__(self, others: Sequence[Fit] = ()) -> None:
        """Say how many services could be asked next."""
        self.others = list(others)
        super().__init__(f"{self.words} {self._next()}")

    def _next(self) -> str:
        if not self.others:
            return str(_("No other service that is shown has room. Record the unmet need."))
        return ngettext(
            "%(count)d other service can be asked now.",
            "%(count)d other services can be asked now.",
            len(self.others),
        ) % {"count": len(self.others)}


class ConsentMissing(ActRefused):
    """She has not agreed, or no longer agrees, that this agency is told."""

    words = _(
        "She has not agreed that this agency is told what she needs. Ask her, and record what"
        " she says."
    )


class DoesNotSuit(ActRefused):
    """What is known of the person is what the service does not take."""

    words = _("The service does not take this person. See why beside it, and choose another.")


class AnswersAnotherNeed(ActRefused):
    """The service is for something else."""

    words = _("This service is for another need. Choose the need it answers.")


class AlreadyAsked(RecordedMeanwhile):
    """The same service is already asked for this person."""

    words = _("This service is already asked for this person. See the referrals of the case.")


class MoveNotAllowed(ActRefused):
    """The referral stands where this act no longer applies."""

    words = _("This referral was already answered or has ended. Look at how it stands now.")


class ReasonMissing(ActRefused):
    """A service declines with a reason."""

    words = _("Say why the place cannot be given: choose one of the reasons.")


class NotYourReferral(ActRefused):
    """Only the agency that is asked answers."""

    words = _("Only the agency that was asked answers this referral.")


class PlaceGivenAway(ActRefused):
    """The time to answer was over, and somebody else has the place."""

    words = _("The time to answer was over and the place is somebody else's now. Say how many"
              " places are free, so that you are asked again.")  # fmt: skip


class AskedAlready(RecordedMeanwhile):
    """The same thing was asked back before."""

    words = _("This was asked already. See the answer on the page.")


class NothingToTell(ActRefused):
    """No question waits, or the request was answered."""

    words = _("No question waits here any more. Look at how the referral stands now.")


class HasAnAccount(ActRefused):
    """A link is for bodies without an account."""

    words = _("This agency has an account and answers there. A link is for bodies without one.")


class NotHere(ActRefused):
    """A person is transferred from a place that was accepted."""

    words = _("Only from a place that was accepted can a person be transferred.")


class NotDecidedYet(ActRefused):
    """A place in a house waits for the ministry, and nobody said why it cannot wait."""

    words = _("The ministry has not decided about this place yet, and it was asked for as one that"
              " can wait. Whoever asked may ask again and say why it cannot.")  # fmt: skip


class NotAgreedTo(ActRefused):
    """The ministry did not agree to this place."""

    words = _("The ministry did not agree to this place. See its reasons, and look for another"
              " with the person.")  # fmt: skip


class DecidesOnPlaces(ActRefused):
    """Places in houses are decided on by registrars of the ministry of social affairs."""

    words = _("Only registrars of the ministry of social affairs decide on places in houses.")


class DecisionNeedsReason(ActRefused):
    """A decision names why, and the reasons are reasons for it."""

    words = _("Say what was decided and why: at least one reason, and only reasons for it.")


class PlaceIsOver(ActRefused):
    """Nothing is left to decide."""

    words = _("This place was declined, taken back or left meanwhile: nothing is left to decide.")


class NotNotedYet(RecordedMeanwhile):
    """Only an arrival that stands is taken back."""

    words = _("Nobody has noted that the person has come, or it was taken back already.")
