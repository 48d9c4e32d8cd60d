"""Why an act about a report is refused."""

from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.access.errors import ActRefused


class OwnAgency(ActRefused):
    """A report about an agency is not kept by that agency."""

    words = _("This is about your own agency. Another organisation has to take it down.")


class NotForThem(ActRefused):
    """The officer chosen may never read such reports."""

    words = _("This cannot be opened to that officer or agency.")


class DayToCome(ActRefused):
    """A day or month lies ahead."""

    words = _("This has not come yet. Check the day.")


class NotARoute(ActRefused):
    """A report that goes somewhere goes to an agency here, or on paper against a receipt."""

    words = _("Choose the agency it goes to, or give the number of the receipt for the paper.")


class ReporterNotShown(ActRefused):
    """Who reported is not shown to this officer, or is not kept."""

    words = _("Who reported is not kept here, or is not shown to you.")
