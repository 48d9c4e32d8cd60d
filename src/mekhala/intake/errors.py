"""Why a filled form waits, and why an act on it is refused, in words an officer may read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class Why(models.TextChoices):
    """Why answers wait. What to do about each stands in ``shown.WHAT_TO_DO``."""

    UNANSWERED = "unanswered", _("An answer is missing that decides what is opened")
    NOT_UNDERSTOOD = "not_understood", _("An answer has no meaning in the mapping")
    EARLIER_MISSING = "earlier_missing", _("The answers this corrects have not come yet")
    ENCRYPTED = "encrypted", _("The phone sealed the answers to the form's own key")
    NO_CASE = "no_case", _("The case it names is not open to you")
    NO_ROUND = "no_round", _("No open round of your agency has this post on this day")
    SEVERAL_ROUNDS = "several_rounds", _("Several open rounds have this post on this day")
    BY_HAND = "by_hand", _("Figures of this post and day were entered by hand")
    SENT_ON = "sent_on", _("The authority has the case, with what was said before")
    OPENED_BEFORE = "opened_before", _("More was opened from it before than it says now")
    OPENED_BY_HAND = "by_officer", _("The case was opened by hand from earlier answers")
    NO_DAY = "no_day", _("No day to look in is open on the support plan")
    REFUSED = "refused", _("The room refused it")
    DOES_NOT_FIT = "does_not_fit", _("The mapping does not fit this version of the form")
    SENDER_LEFT = "sender_left", _("Whoever sent it no longer works here")


class Waits(Exception):  # noqa: N818 - no error: the answers are kept and wait
    """The answers wait: ``why``, at which ``question``, and which ``refusal`` of a room."""

    def __init__(self, why: Why, *, question: str = "", refusal: str = "") -> None:
        """Keep the codes; the words are found where they are shown."""
        super().__init__(str(why))
        self.why, self.question, self.refusal = why, question, refusal


class NothingToMap(ActRefused):
    """Held, replaced, practised or unmapped answers become nothing."""

    words = _(
        "These answers become nothing by themselves: they are held, replaced, practice, or their "
        "form has no mapping."
    )


class MappingFaulty(ActRefused):
    """The mapping does not fit the form; ``faults`` says each."""

    words = _("The mapping does not fit the form.")

    def __init__(self, faults: list[str]) -> None:
        """Keep every sentence."""
        super().__init__()
        self.faults = faults
