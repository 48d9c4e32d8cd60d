"""Why a table is not released, in words an officer may read."""

from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.errors import CountingRefused


class YearStillOpen(CountingRefused):
    """Only closed years are published."""

    words = _(
        "This year is not over. Only closed years are published, so that two tables never "
        "tell one person apart."
    )


class ReleasedBefore(CountingRefused):
    """The year's table is out and stays as it is."""

    words = _("The table of this year was released before. It is never altered or released again.")


class NobodyToCount(CountingRefused):
    """The register of the year was not taken over, or nobody is in it."""

    words = _("Nobody is counted for this year. Take the register over first, on the page Lists.")


class StillRecoverable(CountingRefused):
    """The built-in attack finds a withheld count."""

    words = _("The check found withheld counts that a reader could work out. Nothing was released.")


class CountedAnew(CountingRefused):
    """The register was taken over again between the preview and the release."""

    words = _("The register was counted anew since you looked. Look at the table again first.")
