"""Why an act on the register is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused, RecordedMeanwhile


class NotRecognised(ActRefused):
    """No decision that recognises the person stands."""

    words = _(
        "The register takes whom the Competent Authority has recognised. No such decision stands"
        " for this case; help goes on without it."
    )


class MayBeKnown(RecordedMeanwhile):
    """Somebody may be the same person, and nobody said yet whether it is."""

    words = _(
        "Not entered in the register yet: somebody may be this person. Say of each case found"
        " whether it is the same person, ask the other agencies, and enter again."
    )


class AlreadyRegistered(RecordedMeanwhile):
    """One case is registered once."""

    words = _("This case is already in the register. See its number below.")


class AlreadyWithdrawn(RecordedMeanwhile):
    """A certificate is withdrawn once."""

    words = _("This certificate was already withdrawn.")


class ReasonMissing(ActRefused):
    """A certificate is withdrawn with a reason."""

    words = _("Say why the certificate is withdrawn.")


class NotOneOfThese(ActRefused):
    """What is one person is said of two cases, both open, or of one that was asked about."""

    words = _("Who is one person is said by who knows both cases, or was asked about one of them.")


class JudgedMeanwhile(RecordedMeanwhile):
    """Another officer said something of the same two cases first."""

    words = _(
        "Another officer said something about these two cases a moment ago. Look at what is there"
        " now; you can say something else, with a reason."
    )


class BecauseMissing(ActRefused):
    """A judgement that joins, parts or takes something back rests on a reason."""

    words = _("Say why: whoever looks at this later needs the reason.")


class NoDutyHere(ActRefused):
    """Only an organisation that met the person itself, and advised to refer, owes this."""

    words = _(
        "Nothing is owed here: the person was not met by your organisation, was not referred, or"
        " is announced or registered already."
    )
