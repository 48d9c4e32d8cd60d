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
