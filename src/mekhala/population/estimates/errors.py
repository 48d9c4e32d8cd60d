"""Why a run is refused, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.errors import CountingRefused


class NotWaiting(CountingRefused):
    """The run was done before; a result is never replaced."""

    words = _("This run is finished. Ask for a new run; a result is never replaced.")
