"""Why an act on a letter is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class NothingDecided(ActRefused):
    """Letters tell a decision, and there is none that stands."""

    words = _("There is no decision of the authority yet. A letter tells a decision that stands.")


class LetterStands(RecordedMeanwhile):
    """A letter of this kind in this language was made already."""

    words = _(
        "A letter of this kind in this language is made already. Withdraw it first if it is wrong."
    )


class CannotBePrinted(ActRefused):
    """The words of a reader hold a sign for which no font is shipped."""

    words = _(
        "The reasons hold a sign that our fonts cannot print. Letters print Latin, Vietnamese, "
        "Khmer and Thai."
    )


class AnotherApproves(ActRefused):
    """Who made a letter does not approve it."""

    words = _("You made this letter, so another officer of the authority approves it.")


class PreviewNotSeen(ActRefused):
    """What is approved is not what was shown."""

    words = _("Look at the letter as it will be given first, then approve it.")


class LanguageNotChecked(ActRefused):
    """A machine translation goes to nobody before somebody who reads the language read it."""

    words = _(
        "This text is a machine translation. Somebody who reads the language must read the letter "
        "first."
    )


class AlreadyApproved(RecordedMeanwhile):
    """A letter is approved once."""

    words = _("This letter is approved already.")


class NotApproved(ActRefused):
    """A letter nobody approved."""

    words = _("This letter is not approved yet.")


class AlreadyHandedOver(RecordedMeanwhile):
    """A letter is handed over once."""

    words = _("It is recorded already that this letter was handed over.")


class LetterWithdrawn(ActRefused):
    """The letter was withdrawn."""

    words = _("This letter was withdrawn.")


class DecisionReplaced(ActRefused):
    """A later decision stands, of the next stage or after asking again."""

    words = _("A later decision stands now. Withdraw this letter and make one about it.")


class NotASafeWay(ActRefused):
    """The safe-contact rule does not open this way."""

    words = _("This way is not safe, as the person said or as nobody has asked yet.")


class WithdrawnWithoutReason(ActRefused):
    """A letter is withdrawn with a reason."""

    words = _("Say why the letter is withdrawn.")
