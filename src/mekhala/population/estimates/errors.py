"""Why an act on a run is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.errors import CountingRefused


class NotWaiting(CountingRefused):
    """The run was done before; a result is never replaced."""

    words = _("This run is finished. Ask for a new run; a result is never replaced.")


class NotFinished(CountingRefused):
    """There is no answer yet that could be repeated or signed."""

    words = _("This run has no answer. Only a run that is done can be repeated or signed.")


class RepeatWaiting(CountingRefused):
    """A repeat of this run was asked for and is not finished."""

    words = _("This run is being repeated. Wait until that is finished.")


class NotRepeated(CountingRefused):
    """Nobody has seen yet that the run comes out the same again."""

    words = _("Repeat the run first: what is signed must come out the same again.")


class CameOutDifferently(CountingRefused):
    """The last repeat gave other figures."""

    words = _(
        "The last repeat gave other figures, so this run cannot be signed. Ask for a new run."
    )


class NoNumberToSign(CountingRefused):
    """The run was refused: it holds no number."""

    words = _("This run gives no number, so there is nothing to sign.")


class SignedBefore(CountingRefused):
    """The officer signed this run before."""

    words = _("You have signed this run. The second signature is another statistician's.")
