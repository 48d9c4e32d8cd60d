"""Why an act on the directory is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class NotYourService(ActRefused):
    """Only the agency that runs a service speaks for its places."""

    words = _("Only the agency that runs this service confirms its places.")


class MorePlacesThanThere(ActRefused):
    """Free and held places together would be more than the service has."""

    words = _("That is more than the places the service has. Leave out those already held.")


class PlacesNotCounted(ActRefused):
    """A number was given for a service without counted places, or none for one with."""

    words = _("Say how many places are free; leave it empty only where places are not counted.")


class NotIndependent(ActRefused):
    """Nobody inspects a house of the own agency, or one they have a tie to."""

    words = _("An inspector has no tie to the provider. Let somebody of another body inspect.")


class NothingLookedAt(ActRefused):
    """An inspection says of one standard at least how far it is met."""

    words = _("Say of one standard at least how far it is met.")


class NoDayToMend(ActRefused):
    """What is missing has a day by which it is mended, after the inspection."""

    words = _("Give a day, after the inspection, by which each missing standard is to be met.")


class AlreadyMended(ActRefused):
    """The finding was seen mended, or nothing was missing."""

    words = _("Nothing is missing here any more. Look at the inspection again.")


class NotRestricted(ActRefused):
    """The restriction was lifted already."""

    words = _("This restriction was lifted already.")


class NotAProvider(ActRefused):
    """Only providers run services."""

    words = _("Only a service provider that is active runs services.")


class AgesDoNotFit(ActRefused):
    """The youngest a service takes is older than the oldest."""

    words = _("The youngest age must not be above the oldest.")


class StillHolds(ActRefused):
    """People are referred to a service: its places go when their stay has ended."""

    words = _("Places are held here for people asked for or accepted. End those first.")


class NoPlaceToStay(ActRefused):
    """Only where somebody stays is a length of stay meant."""

    words = _("A length of stay is said of a place to stay only.")


class Retired(ActRefused):
    """The service is offered no more."""

    words = _("This service was retired. Enter it anew if it opens again.")


class HoursMissing(ActRefused):
    """One hour of two, or no day left in the week."""

    words = _("Give both hours or none, and leave at least one day of the week open.")


class ClosureIsOver(ActRefused):
    """A closure ends before it begins, or is over."""

    words = _("The last day must not be before the first, nor before today.")


class MoreThanUsual(ActRefused):
    """A night has more places than the service usually has, or places are not counted."""

    words = _(
        "A night has fewer places than usual, not more. Let the register keep the usual number."
    )


class NightsNotRight(ActRefused):
    """Nights end before they begin, are over, or fall on a day that no week has."""

    words = _("The last night must not be before the first, nor before tonight.")
