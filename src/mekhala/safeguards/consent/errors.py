"""Why an answer is not kept, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, NotOpenToYou


class GuardianNotAsked(ActRefused):
    """The guardian may have had a part in it: their yes is not asked for and does not count."""

    words = _(
        "It is not known that this guardian had no part in what happened, so the guardian is not"
        " asked. Ask the person whom the social authority appointed."
    )


class NoGuardianOfAdult(ActRefused):
    """Nobody answers for a known adult."""

    words = _("The person is known to be 18 or more. Nobody answers in her or his place.")


class BestInterestMissing(ActRefused):
    """An appointed person's yes says why they answer."""

    words = _("Say why an appointed person answers for the child: choose one of the reasons.")


class GainsByTheYes(ActRefused):
    """Who would be told does not record the yes to it."""

    words = _(
        "A yes to your own agency is recorded by somebody else who helps the person. A no or a"
        " withdrawal you may record."
    )


class EndsBeforeItBegins(ActRefused):
    """The last day of a yes lies in the past."""

    words = _("The yes would have ended before it was given. Choose a later day.")


class NotAlone(ActRefused):
    """What was recorded of who was there contradicts itself."""

    words = _("The person cannot have been alone with somebody else there. Check who was there.")


class LanguageMissing(ActRefused):
    """A thumbprint is taken after the paper was explained, in a language that is named."""

    words = _("Before a thumbprint the paper is explained. Say in which language.")


class NothingToTakeBack(ActRefused):
    """No yes to this agency stands."""

    words = _("No yes to this agency stands, so there is none to take back.")


class NotYourStop(NotOpenToYou):
    """The stop is for another agency, or there is none: told alike."""
