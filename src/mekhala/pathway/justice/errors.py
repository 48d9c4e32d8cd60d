"""Why an act of justice is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class ConsentMissing(ActRefused):
    """No yes of the person stands for this agency; said the same where there is no such case."""

    words = _(
        "No agreement stands that lets your agency link this case. Check the number, or file the"
        " complaint without it."
    )


class MoveNotAllowed(ActRefused):
    """The rung does not follow the last one."""

    words = _("This step does not follow the last one recorded.")


class DaysOutOfOrder(ActRefused):
    """A day lies before what it follows, or has not come yet."""

    words = _("The days are not in order. Check both dates.")


class NoSuchText(ActRefused):
    """No such version of the article is kept."""

    words = _("No such text is kept here. Choose a statute and an article from the list.")


class TextNotInForce(ActRefused):
    """The version was not in force when the conduct is said to have happened."""

    words = _("This text was not in force when the conduct is said to have happened.")


class NotChargedThen(ActRefused):
    """Nobody is given a charge who was not a charged person on that day."""

    words = _(
        "The accused was neither charged nor sent for trial on that day. Record that step first."
    )


class AlreadyWithdrawn(ActRefused):
    """The charge has been withdrawn before."""

    words = _("This charge was already withdrawn.")


class NotOfThisCourt(ActRefused):
    """The proceeding is opened to justice officers of the same agency only."""

    words = _("A proceeding can be opened only to another justice officer of your own agency.")


class NotHandedOn(ActRefused):
    """A proceeding goes on to police, prosecution or court, and to another agency."""

    words = _(
        "A proceeding can be handed on only to an officer of justice of the police or a court,"
        " of another agency."
    )


class NotAProsecutor(ActRefused):
    """Only the prosecution may go on against the gate."""

    words = _("Only a prosecutor or the court may record a charge against this check.")


class GateFirst(ActRefused):
    """A charge against somebody who may be a victim waits for the check before it."""

    words = _(
        "Before this charge is recorded, it is asked whether the person was made to do it."
        " Fill in the check first."
    )


class ReasonsCarryOneCharge(GateFirst):
    """The reasons given against a check were for another charge."""

    words = _(
        "The reasons a prosecutor gave against the check were for one charge, of the days they"
        " name. This charge asks for a check, and for reasons, of its own."
    )


class CheckBeforeStep(ActRefused):
    """Nobody who may be a victim is told as charged before a check lets a charge through."""

    words = _(
        "This person may be a victim or was a child. Before this step is recorded, the check before"
        " a charge has to let a charge through: begin with “Add a charge”."
    )


class PresumptionStands(ActRefused):
    """That somebody may be a victim, or was a child, is not taken back by those who investigate."""

    words = _(
        "It is recorded that this person may be a victim or was under 18. Only a prosecutor or the"
        " court may take that back."
    )


class GateClosed(ActRefused):
    """The check said that the charge should not be recorded."""

    words = _(
        "The check before this charge says that it should not be recorded. A prosecutor may record"
        " it with reasons, which are counted."
    )


class NoSuchHearing(ActRefused):
    """No hearing has this number; said the same of one closed to the public or still to come."""

    words = _(
        "No hearing that was open to the public and has begun has this number. Check the number in"
        " the calendar of hearings."
    )


class WhichAccused(ActRefused):
    """Several are accused, or the number is none of theirs."""

    words = _("Say which accused it is about: the numbers stand with the hearing in the calendar.")


class ReasonsMissing(ActRefused):
    """The gate is overridden with reasons, or not at all."""

    words = _("Write the reasons: a charge against this check is recorded with reasons only.")


class EntryRefused(ActRefused):
    """An entry contradicts itself or what was recorded before."""

    words = _("This entry does not go together with what is recorded.")


class AlreadyReplaced(ActRefused):
    """An entry is replaced once; the entry in its place may be replaced in turn."""

    words = _("This entry was replaced already. Replace the later one.")
