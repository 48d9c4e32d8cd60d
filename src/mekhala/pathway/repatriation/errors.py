"""Why an act on a return is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class ReturnOpen(RecordedMeanwhile):
    """A case has one open return."""

    words = _("A return is open for this case already. See how it stands.")


class ReturnEnded(RecordedMeanwhile):
    """Nothing is added to a return that ended."""

    words = _("This return has ended. Begin another if the person wants it.")


class WrongCorridor(ActRefused):
    """The corridor leads to another country than the person's."""

    words = _("This corridor leads to a country that is not the person's. Choose another.")


class NotAStepHere(ActRefused):
    """A corridor has the steps it has."""

    words = _("This corridor has no such step on this side.")


class StepDoneAlready(RecordedMeanwhile):
    """A side says once that a step is done."""

    words = _("This side has said already that the step is done.")


class NotScreenedYet(ActRefused):
    """People who were deported are screened first."""

    words = _(
        "This person was deported and has not been screened. Screen first: before that, nobody "
        "is treated as having broken a law."
    )


class SomebodyNamed(ActRefused):
    """A way home over a border stops where any way home does."""

    words = _(
        "Something stands in the way of going home. Two officers decide, with reasons; until both "
        "agree nobody is sent."
    )


class DoesNotWant(ActRefused):
    """Nobody is returned against her or his will."""

    words = _(
        "There is no statement in force that the person wants to return. Ask her or him; nobody "
        "is handed over without it."
    )


class GuardianNotHeard(ActRefused):
    """A child's own word does not stand alone."""

    words = _("For a child, whoever answers for her or him by law has to agree as well.")


class NotShownSafe(ActRefused):
    """What has to be known before a handover is not known, or says no."""

    words = _(
        "A handover needs a yes to: who the person is, and whether the return is safe; for a "
        "child also whether the family is safe and willing. At least one is no or not known."
    )


class NotDoneYet(ActRefused):
    """Only what was said can be taken back."""

    words = _("This side has not said that the step is done. There is nothing to take back.")


class SaidByTheOtherSide(ActRefused):
    """Who said it takes it back."""

    words = _("The other side said this itself. Ask it to take it back.")


class RestsOnIt(ActRefused):
    """What came after a handover falls with it."""

    words = _("Something after this step is recorded as done. Take that back first.")


class BeforeTheHandover(ActRefused):
    """Nobody arrives before the handover."""

    words = _(
        "This day is before the person was handed over or arrived. Look at the day; a wrong step "
        "can be taken back."
    )


class NotHandedOverYet(ActRefused):
    """Arrival follows the handover."""

    words = _("Both sides have to confirm the handover first.")


class HandoverBegins(ActRefused):
    """Who hands over says so first."""

    words = _("The other side confirms a handover after this country did. It has not yet.")


class NotArrivedYet(ActRefused):
    """Nobody is seen at home who has not arrived."""

    words = _("Record first that the person arrived.")


class StepsNotDone(ActRefused):
    """Complete is what every side has said of every step."""

    words = _(
        "Not every side has said that each of its steps was done; the table shows which. If the "
        "person is home all the same, choose the answer that says so."
    )


class HandedOver(ActRefused):
    """After the handover the statement is history."""

    words = _("The person was handed over. A new wish is part of the support plan now.")


class DayToCome(ActRefused):
    """What is recorded as done lies in the past."""

    words = _("This day is still to come, or is before the return began.")


class ReferenceMissing(ActRefused):
    """The other side's step rests on a paper of theirs."""

    words = _("Give the number of the other side's paper or receipt.")


class NoKeyOfTheirs(ActRefused):
    """A file is sealed to a key that was checked."""

    words = _("The other side has given no key yet. An administrator adds it.")


class YesMissing(ActRefused):
    """The other side is told with the person's yes only."""

    words = _(
        "The person has not said yes to telling this body her or his name and needs. Ask for "
        "consent first."
    )


class NotTheReceipt(ActRefused):
    """Only who opened the file knows its word."""

    words = _("This is not the receipt of this file. Ask the other side to read it again.")


class SinceADayToCome(ActRefused):
    """How far a commitment has come is told of today or before."""

    words = _("This day is still to come.")


class WhyTakenBack(ActRefused):
    """What was wrong is said."""

    words = _("Write what was wrong.")


class ProgressTakenBackAlready(RecordedMeanwhile):
    """What was said is taken back once."""

    words = _("This was taken back already.")


class WrittenDownAlready(RecordedMeanwhile):
    """A commitment stands once under its article."""

    words = _("This article of the agreement is written down already.")


class EvidenceMissing(ActRefused):
    """Carried out is a claim that needs showing."""

    words = _("Say what shows that it was carried out, and where that can be seen.")
