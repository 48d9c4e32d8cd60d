"""Why something is not erased sooner, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class StillOpenCase(ActRefused):
    """Only what is closed is erased."""

    words = _("The case is open. Close it first.")


class HeldFile(ActRefused):
    """A legal hold stands."""

    words = _("A legal hold stands on this file: nothing of it is erased before the hold ends.")


class ProceedingRuns(ActRefused):
    """The person may still be heard, and may claim."""

    words = _(
        "A criminal proceeding is going on in which the person may be heard and may claim. What is "
        "kept is erased when it has ended."
    )


class LawDemandsKeeping(ActRefused):
    """What was asked to be erased is kept by law."""

    words = _("The law demands that this be kept.")

    def __init__(self, source: str) -> None:
        """Name the source that demands it."""
        super().__init__(
            _("This is kept until its time is over, whatever is wished: %(source)s")
            % {"source": source}
        )
