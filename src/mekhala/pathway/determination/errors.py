"""Why an act of the competent authority is refused, in words an officer may read."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mekhala.safeguards.access.errors import ActRefused


class NotImpartial(ActRefused):
    """The officer screened the person, or read this file or an earlier one of the person."""

    words = _(
        "You screened this person or have already read about this question, so another officer "
        "must read the file."
    )


class NotDecidable(ActRefused):
    """An element the article asks for is still unknown."""

    words = _("An element is not known yet. Unknown counts neither for nor against the person.")

    def __init__(self, missing: Sequence[object] = ()) -> None:
        """Name the elements still to be asked about."""
        self.missing = tuple(str(m) for m in missing)
        super().__init__(self._said() if missing else None)

    def _said(self) -> str:
        return ngettext(
            "An element is not known yet, so the file cannot be decided: %(elements)s. Record a "
            "fact about it first. Unknown counts neither for nor against the person.",
            "Elements are not known yet, so the file cannot be decided: %(elements)s. Record "
            "facts about them first. Unknown counts neither for nor against the person.",
            len(self.missing),
        ) % {"elements": ", ".join(self.missing)}


class ReasonsMissing(ActRefused):
    """A reading without reasons in words."""

    words = _("Write your reasons in words. The letter to the person quotes them.")


class DiffersWithoutReason(ActRefused):
    """A reading leaves the rule and does not say why."""

    words = _("Your reading differs from what the rule gives. Say why.")


class FileClosed(ActRefused):
    """The file is decided."""

    words = _("This file is decided. Nothing can be added to it.")


class FileAlreadyOpen(ActRefused):
    """The authority already has an open file about this person."""

    words = _("The authority already has an open file about this person.")


class AdultSaidNo(ActRefused):
    """A person known to be adult does not want to go on."""

    words = _(
        "The person is an adult and said no to going on, so the file is not sent to the "
        "authority. Ask again when she or he wishes."
    )


class NobodyDecides(ActRefused):
    """There is no active officer of the competent authority."""

    words = _("No officer of the competent authority is registered here. Tell the office.")
