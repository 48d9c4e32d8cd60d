"""Words of an officer's language for the codes of lists: reasons, cells not read, stages."""

from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.models import Stage

REASONS = {
    "not_text": _("Bytes that are no text in the file's encoding"),
    "control": _("Control characters"),
    "quote": _("A quote that is not closed"),
    "too_long": _("More than 300 characters in a cell, or a line without an end"),
    "too_many_cells": _("More cells than the header"),
    "cut_off": _("The file ends in the middle of the row"),
    "empty": _("Nothing where something is needed"),
    "formula": _("A formula"),
    "merged": _("Cells merged over one another"),
    "other_list": _("A record of another list"),
    "duplicate": _("A record id that was there before"),
}
UNREAD = {
    "order": _("Day and month cannot be told apart in this file; the year alone was read"),
    "no_day": _("No day of the calendar"),
    "not_read": _("Not read: kept as text, unknown when compared"),
}
STAGES = dict(Stage.choices)
