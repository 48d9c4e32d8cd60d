"""Why an act about evidence is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class DayToCome(ActRefused):
    """Something is said to have happened on a day still to come."""

    words = _("This has not happened yet. Check the day and the hour.")


class BasisWithoutDay(ActRefused):
    """An order is named and not its day."""

    words = _("Give the day of the order on which this rests.")


class NotHeldByYou(ActRefused):
    """Only who holds an item hands it on."""

    words = _("You do not hold this item. Whoever holds it hands it over.")


class NotHandedToYou(ActRefused):
    """Only the officer named in a hand-over receives it."""

    words = _("This was not handed to you, or was received before.")


class SameOfficer(ActRefused):
    """A hand-over takes two officers to whom the proceeding is open."""

    words = _("Choose another officer, to whom this proceeding is open.")


class BeforeTheLast(ActRefused):
    """An entry lies before the one it follows."""

    words = _("This is before the last entry of the chain. Check the day and the hour.")


class OtherProceeding(ActRefused):
    """A charge, an item and an accused belong to one proceeding."""

    words = _("This belongs to another proceeding.")


class NoSuchElement(ActRefused):
    """The article of the charge asks for no such element."""

    words = _("The article of this charge does not ask for that.")


class ReasonMissing(ActRefused):
    """What speaks against the charge is left out only with words."""

    words = _(
        "An item that speaks against the charge is left out only with a reason in words. The"
        " defence is told that it was left out, and why."
    )


class NothingToList(ActRefused):
    """There is nothing in the register."""

    words = _("The register is empty. Nothing can be listed yet.")


class NotSuchAFile(ActRefused):
    """Only pictures and PDF of at most 10 MB are taken."""

    words = _("The file is no JPEG, PNG or PDF of at most 10 MB.")


class FileAltered(ActRefused):
    """The bytes do not have the digest they were registered under."""

    words = _("The file is not the one that was registered: its digest differs. Tell the office.")
