"""What stands against relying on a statement. Never that it may be relied on: a court says that.

A paper somebody could not read is theirs only if it was read to them: a thumbprint of somebody
who cannot read, and whom nobody is known to have read to, is never reliable.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.justice.models import Accused, Speaker, Statement, StatementForm

THUMBPRINT_UNREAD = _("Thumb-printed by somebody who cannot read, and not read out")
THUMBPRINT_UNKNOWN = _("Thumb-printed, and not known whether its maker can read or who read it out")
NOT_READ_OUT = _("Its maker cannot read, and it was not read out")
READ_BY_POLICE = _("Read out only by the officer who took it")
NO_LAWYER = _("No lawyer was there")
NO_INTERPRETER = _("In a language other than the accused's, without an interpreter")
CHANGED_AFTER = _("Changed after its maker got shelter, aid, money or release")


def doubts(statement: Statement, accused: Accused) -> list[Promise]:
    """Return what stands against relying on one statement; empty: nothing that is recorded."""
    found = [_reading(statement, accused)]
    own = statement.speaker == Speaker.ACCUSED
    if own and statement.lawyer_present is False:
        found.append(NO_LAWYER)
    if own and _in_another_language(statement, accused):
        found.append(NO_INTERPRETER)
    if statement.changed and statement.after_benefit:
        found.append(CHANGED_AFTER)
    return [doubt for doubt in found if doubt is not None]


def _reading(statement: Statement, accused: Accused) -> Promise | None:
    can_read = statement.can_read
    if can_read is None and statement.speaker == Speaker.ACCUSED:
        can_read = accused.literate
    read_to = statement.read_out is True and bool(statement.read_by)
    if statement.form == StatementForm.THUMBPRINT and can_read is not True and not read_to:
        return THUMBPRINT_UNREAD if can_read is False else THUMBPRINT_UNKNOWN
    if can_read is False and statement.read_out is False:
        return NOT_READ_OUT
    if can_read is False and statement.read_by == "officer":
        return READ_BY_POLICE
    return None


def _in_another_language(statement: Statement, accused: Accused) -> bool:
    known = bool(statement.language and accused.language)
    differs = known and statement.language != accused.language
    return differs and statement.interpreter_present is False
