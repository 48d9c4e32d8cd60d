"""The closed list of what an officer is told. A kind without words here is not told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice says, in words for the officer it is for."""

    BREAK_GLASS = "break_glass", _("A file you hold was opened in an emergency")
    BREAK_GLASS_REVIEW = "break_glass_review", _("Review an opening in an emergency")
    BREAK_GLASS_OVERDUE = "break_glass_overdue", _("A review of an emergency is overdue")
    BREAK_GLASS_NOT_JUSTIFIED = (
        "break_glass_not_justified", _("An opening in an emergency was not justified"),
    )  # fmt: skip
    CONSENT_WITHDRAWN = "consent_withdrawn", _("A person took consent back")
    SECOND_SIGNATURE = "second_signature", _("A second signature is asked of you")
    SIGNATURE_ANSWERED = "signature_answered", _("What you asked for was answered")
    DONE_WITHOUT_SIGNATURE = (
        "done_without_signature", _("Alarm: an act was done without its second signature"),
    )  # fmt: skip
    NAME_FOR_LAW = "name_for_law", _("A name was opened under a written order")
    HOLD_ENDS = "hold_ends", _("A legal hold is to be reviewed or ends")
    ALARM_CANARY = "alarm_canary", _("Alarm: an invented file was opened")
    ALARM_QUOTA = "alarm_quota", _("Alarm: an officer read more files than the limit")
    READING_LOCKED = "reading_locked", _("Your reading of files is locked")
    READING_LIFTED = "reading_lifted", _("The lock on your reading of files was lifted")
    QUIET_CASE = (
        "quiet_case", _("Nobody worked on a case for half a year: close it, or go on with it"),
    )  # fmt: skip
    PLACES_TO_CONFIRM = (
        "places_to_confirm", _("Your places were not confirmed for a week: say how many are free"),
    )  # fmt: skip
    REFERRAL_WAITS = "referral_waits", _("A request for a place still waits for an answer")
    OWNER_ASKED = "owner_asked", _("Your agency is asked whether its data may be shared")
    OWNER_ANSWERED = "owner_answered", _("A data owner answered")
    AGREEMENT_ENDS = "agreement_ends", _("A sharing agreement ends")
    AGREEMENT_ENDED = "agreement_ended", _("A sharing agreement ended")
    CLOCK_RUNS_OUT = "clock_runs_out", _("A time limit in a proceeding runs out soon")
    SUSPICION_ENDED = (
        "suspicion_ended", _("A suspicion you were told of has ended: correct what you keep"),
    )  # fmt: skip
