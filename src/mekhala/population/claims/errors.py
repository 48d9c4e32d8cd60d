"""Why a published figure is not added, corrected or put back."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class AlreadyThere(ActRefused):
    """A claim_id names one claim."""

    words = _("There is a claim of this number already. Correct it, or choose another number.")


class NotThere(ActRefused):
    """Nothing is corrected that is not there."""

    words = _("There is no claim of this number any more.")


class NothingChanged(ActRefused):
    """A correction changes something."""

    words = _("Nothing was changed. Change what is wrong, or leave the page.")


class ReasonMissing(ActRefused):
    """No figure is changed without a reason."""

    words = _("Say why: what was wrong, and where the right figure stands.")


class ChangedMeanwhile(ActRefused):
    """Nobody writes over what another officer has just written."""

    words = _(
        "Another officer changed this claim a moment ago. Look at it as it stands now, then "
        "correct it."
    )
