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
    "error": _("An error of a spreadsheet where a value was"),
    "merged": _("Cells merged over one another"),
    "other_list": _("A record of another list"),
    "duplicate": _("A record id that was there before"),
}
UNREAD = {
    "order": _("Day and month cannot be told apart in this file; the year alone was read"),
    "no_day": _("No day of the calendar"),
    "not_read": _("Not read: kept as text, unknown when compared"),
}
WHAT_TO_DO = {
    "not_text": _("Save the file as CSV UTF-8, or name its encodings in the mapping."),
    "control": _("Take them out of the cell."),
    "quote": _("Close it; a quote inside a cell is written twice."),
    "too_long": _("Leave the story out; check for a line end or quote that is missing."),
    "too_many_cells": _("Put cells that hold the separator between quotes."),
    "cut_off": _("Have the whole file sent again."),
    "empty": _("Fill it in."),
    "formula": _("Write the value, not the formula."),
    "error": _("Write the value, or leave the cell empty."),
    "merged": _("Take the merging back and fill each cell."),
    "other_list": _("Send it with its own list."),
    "duplicate": _("Give each record an id of its own, or take the repetition out."),
    "order": _("Write dates as 1991-03-05."),
    "no_day": _("Correct the date."),
    "not_read": _("Write a day as 1991-03-05, a year of four digits, an age, female or male."),
}
STAGES = dict(Stage.choices)
