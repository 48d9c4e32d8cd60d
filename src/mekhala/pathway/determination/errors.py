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


class AskedBefore(ActRefused):
    """The first question was put and answered; only asking again opens it anew."""

    words = _(
        "The authority was asked about this person before. A registrar or the authority can ask "
        "that its decision be looked at again."
    )


class AdultSaidNo(ActRefused):
    """A person known to be adult does not want to go on."""

    words = _(
        "The person is an adult and said no to going on, so the file is not sent to the "
        "authority. Ask again when she or he wishes."
    )


class NobodyDecides(ActRefused):
    """There is no active officer of the competent authority."""

    words = _("No officer of the competent authority is registered here. Tell the office.")


class GroundsMissing(ActRefused):
    """A reading without a coded ground, or with one that belongs to the other answer."""

    words = _("Choose at least one ground that goes with your answer.")


class TieNotDenied(ActRefused):
    """The reader did not say that there is no tie to anybody in the file."""

    words = _("Say that you have no tie to anyone in this file, or declare the tie.")


class TooEarly(ActRefused):
    """The time to recover and reflect still runs."""

    words = _(
        "The time to recover and reflect still runs. Nobody decides before it ends, unless the "
        "person wishes it."
    )


class FilePaused(ActRefused):
    """The clock stands still, with a reason."""

    words = _("This file is paused. Let its clock go on first, with the reason.")


class NotPaused(ActRefused):
    """There is no pause to end."""

    words = _("This file is not paused.")


class NoLeastTime(ActRefused):
    """There is no least time that could be ended."""

    words = _("This question has no time to recover that still runs.")


class NotLater(ActRefused):
    """An extension that does not extend."""

    words = _("The new day must be later than the present one.")


class TooFar(ActRefused):
    """More time than a question can need: as a rule a year mistyped."""

    words = _("The new day must be within a year from today.")


class AnswerOfStage(ActRefused):
    """The answer belongs to the other stage."""

    words = _("This answer does not belong to the stage the file is at.")


class AskedTooLate(ActRefused):
    """Reconsideration asked after the time allowed, without saying why so late."""

    words = _(
        "The time to ask again has passed. Say what exceptional reason there is for asking late."
    )


class NothingToAskAgain(ActRefused):
    """Only a negative decision that still stands is looked at again."""

    words = _("Only a negative decision that still stands is looked at again.")


class AlreadyAsked(ActRefused):
    """The same fact is asked for already."""

    words = _("This fact is asked for already, and the answer is still waited for.")


class NotAsked(ActRefused):
    """The request is not addressed to this officer, or is over."""

    words = _("This question is not waiting for you.")
