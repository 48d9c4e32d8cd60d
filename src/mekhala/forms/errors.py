"""Why an act on forms is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class VersionAlreadyKept(ActRefused):
    """A version once kept never changes: changed content needs a new version."""

    words = _(
        "This version of the form is already kept with other content. Raise the version on the "
        "settings sheet, and send the form again."
    )


class FormNotKnown(ActRefused):
    """The answers name a form, or a version of it, that was never added here."""

    words = _(
        "This form, or this version of it, is not known here. Fetch the forms again, and keep "
        "the filled form until it is received."
    )


class AttachmentDiffers(ActRefused):
    """A file of the same name came with the same answers before, with other content."""

    words = _("A file of this name was already received with other content. It is kept as it was.")


class AlreadyLinked(ActRefused):
    """The answers belong to a case already."""

    words = _("These answers already belong to a case.")
