"""Why an act on an encounter is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class PersonSaidNo(ActRefused):
    """The person does not want to go on, so no case is opened."""

    words = _(
        "The person does not want to go on, so no case is opened. Give the helpline number if it "
        "is safe."
    )


class MetLater(ActRefused):
    """An encounter is dated after it is recorded."""

    words = _("The meeting is dated later than now. Check the date.")


class MetLongAgo(ActRefused):
    """An encounter is dated before anybody who lives was born."""

    words = _("The meeting is dated before 1900. Check the date.")


class BeforeTheMeeting(ActRefused):
    """Nothing was agreed or done before anybody met the person."""

    words = _(
        "This day is before anybody met the person. Look at the day; if she or he was met "
        "earlier, that meeting is recorded first."
    )


class AlreadyACase(ActRefused):
    """The form that was sent in already led to a case."""

    words = _("A case was already opened from this form. Look for it in the list of cases.")


class NoGuardianOfAdult(ActRefused):
    """A known adult has no guardian who is told."""

    words = _("The person is an adult. Nobody is told as a guardian.")


class ClosedMeanwhile(RecordedMeanwhile):
    """The case is closed already."""

    words = _("This case is closed already.")


class NotClosed(ActRefused):
    """Only a closed case is opened again."""

    words = _("This case is open.")


class ErasedForGood(ActRefused):
    """Nothing of the person is left."""

    words = _("What was kept of this person was erased. It cannot be opened again.")


class WhySaidBefore(RecordedMeanwhile):
    """Why a meeting led to no screening was said before; what was said stays."""

    words = _("It was said before why nobody was screened at this meeting.")
