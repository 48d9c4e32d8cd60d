"""Why an act of support is refused, in words an officer may read."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mekhala.pathway.encounter.models import StillOpen
from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class AlreadyPlanned(RecordedMeanwhile):
    """There is one plan per case, and one round of follow-up at a time."""

    words = _("This was already planned. See the plan as it stands.")


class AlreadyDone(RecordedMeanwhile):
    """A task is finished once, a follow-up recorded once."""

    words = _("This was already recorded as done. See the plan as it stands.")


class GoalsMissing(ActRefused):
    """A plan begins with what the person wants."""

    words = _("Write what the person wants, in her or his own words.")


class WordsMissing(ActRefused):
    """A note, a finding or a reason has words."""

    words = _("Write it in words.")


class AnswersMissing(ActRefused):
    """Every question has one of the four answers."""

    words = _("Answer every question. “Not known” and “did not want to say” are answers.")


class DayToCome(ActRefused):
    """What was agreed or done lies in the past."""

    words = _("This day is still to come. Give the day on which it was agreed or done.")


class TakenBackAlready(RecordedMeanwhile):
    """A thing is taken back once, and then stands still."""

    words = _("This was taken back. See the plan as it stands.")


class NothingToTakeBack(ActRefused):
    """Only what was recorded can be taken back."""

    words = _("Nothing is recorded here yet, so there is nothing to take back.")


class SupportClosed(ActRefused):
    """A day to look in stands open again only while support goes on."""

    words = _("Support is closed. Move it back first; then the day can be taken back.")


class BeforeTheRound(ActRefused):
    """A look after three months lies in the time it tells of."""

    words = _("This day is before the person's support was agreed, so it tells nothing of it.")


class LooksBack(ActRefused):
    """The next look comes after this one."""

    words = _("The day to look again is before this one. Look at both days.")


class OutcomeMissing(ActRefused):
    """A follow-up says how things stand."""

    words = _("Say how things stand, or that you have not met since.")


class NotTriedEnough(ActRefused):
    """Nobody is counted as lost before several days of trying."""

    words = _("Try on three different days and note each, before you say that contact is lost.")


class StageNotNext(ActRefused):
    """Stages follow one another."""

    words = _("Support does not move from this stage to that one.")


class ReasonMissing(ActRefused):
    """Support is closed for a reason."""

    words = _("Say why support ends.")


class FollowUpOpen(ActRefused):
    """Support is not closed while somebody is still to look in, unless the person ends it."""

    words = _("A day to look in is still open. Record it first.")


class NotAgreed(ActRefused):
    """Help is given to who says yes to it."""

    words = _("Help is given only when the person says yes to it.")


class NoBasis(ActRefused):
    """Nobody is kept anywhere without a yes or an order of a court."""

    words = _(
        "A stay rests on the person's own yes, or on an order of a court with its number and last "
        "day. Without one of them nobody stays."
    )


class ChildNeedsMore(ActRefused):
    """A child's stay rests on the child's view and the yes of who answers beside."""

    words = _(
        "Child rules apply: the stay rests on the child's own view together with the yes of who "
        "answers beside the child."
    )


class NotFree(ActRefused):
    """Who agreed to stay comes and goes."""

    words = _("Who stays by her or his own consent comes and goes freely.")


class AlreadyStays(RecordedMeanwhile):
    """Somebody stays in one place at a time."""

    words = _("A stay is already recorded. Note first that the person left it.")


class NotYourHouse(ActRefused):
    """A provider records stays in its own house, and notes of its own."""

    words = _("This belongs to the provider that runs the house.")


class HelpToLeave(ActRefused):
    """Without a yes a stay does not go on."""

    words = _("Nobody stays without a yes. Help the person to leave, and note that she or he left.")


class TraceNotAsked(ActRefused):
    """A family is looked for only when the person wants it."""

    words = _("A family is looked for only when the person asks for it.")


class NotWanted(ActRefused):
    """Nobody is sent anywhere against her or his own word."""

    words = _("The person has not said yes to going there. Nobody is sent home without a yes.")


class TwoMustDecide(ActRefused):
    """Something stands in the way: two officers decide, with reasons."""

    words = _(
        "Something stands in the way of going home. Two officers decide, with reasons; until both "
        "agree nobody is sent."
    )


class SecondMustDiffer(ActRefused):
    """The second officer is another one."""

    words = _("Who proposed it does not answer it. Another officer has to.")


class ReturnOver(RecordedMeanwhile):
    """A plan to go home is done once."""

    words = _("This way home is already over. See how it stands.")


class StayOpen(ActRefused):
    """A case is not closed over somebody's head while she or he stays in a house."""

    words = _(
        "The person stays in a house. As long as she or he stays, the case is open: whoever keeps "
        "the plan, or the house, notes first that the person left."
    )


class NotFinished(ActRefused):
    """Something of the case is still open; ``words`` name it."""

    def __init__(self, what: Iterable[StillOpen]) -> None:
        """Name what is open."""
        named = "; ".join(str(one.label) for one in what)
        super().__init__(
            _("Not finished: %(what)s. Finish it first, or say that you close the case all the "
              "same.") % {"what": named}
        )  # fmt: skip
