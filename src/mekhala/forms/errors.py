"""Why an act on forms is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class VersionAlreadyKept(ActRefused):
    """A version once kept never changes: changed content needs a new version."""

    words = _(
        "This version of the form is already kept with other content. Raise the version on the "
        "settings sheet, and send the form again."
    )


class DraftNotAdopted(ActRefused):
    """The text of a draft may still change: what was adopted must be what is kept."""

    words = _("This version is a draft. Put it into use first; then it never changes.")


class AlreadyAdopted(ActRefused):
    """Each version is adopted once."""

    words = _("That this version was adopted is recorded already.")


class NotAdopted(ActRefused):
    """There is no adoption to take back."""

    words = _("No adoption of this version stands.")


class AdoptedLater(ActRefused):
    """A day to come is no day on which something was adopted."""

    words = _("The day of adoption is still to come.")


class FileAlreadyKept(ActRefused):
    """What went out with a version is kept with it: other content needs a new version."""

    words = _(
        "A file of this name goes out with this version already, with other content. Raise the "
        "version on the settings sheet to change it."
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


class OnlyPractice(ActRefused):
    """Answers somebody gave to learn never come into a case."""

    words = _("These answers are practice. They never become part of a case.")


class PracticeDiffers(ActRefused):
    """The same answers came before as the other kind; neither is taken for the other."""

    words = _(
        "The same answers came before: once as practice, once not. Fill the form again and send "
        "that one."
    )


class NotOfYourAgency(ActRefused):
    """An administrator records trainings of the own agency's officers only."""

    words = _("This officer works for another agency, whose administrator records the training.")


class NoAgencyNamed(ActRefused):
    """A form for no agency is no longer in use: that is another act."""

    words = _("Name at least one agency. A form that nobody is to use is withdrawn instead.")
