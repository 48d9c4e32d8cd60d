"""Why an act on the register is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class NotRecognised(ActRefused):
    """No decision that recognises the person stands."""

    words = _(
        "The register takes whom the Competent Authority has recognised. No such decision stands"
        " for this case; help goes on without it."
    )


class AlreadyRegistered(RecordedMeanwhile):
    """One case is registered once."""

    words = _("This case is already in the register. See its number below.")


class AlreadyWithdrawn(RecordedMeanwhile):
    """A certificate is withdrawn once."""

    words = _("This certificate was already withdrawn.")


class ReasonMissing(ActRefused):
    """A certificate is withdrawn with a reason."""

    words = _("Say why the certificate is withdrawn.")
