"""Acts in a proceeding. Nothing recorded is edited: it is added to, replaced or withdrawn."""

from mekhala.pathway.justice.monitors import watch_hearing
from mekhala.pathway.justice.services.entries import (
    override_gate,
    pass_gate,
    plan_hearing,
    put_off,
    record,
    record_told,
)
from mekhala.pathway.justice.services.proceedings import (
    DESCRIBED,
    add_accused,
    assign,
    charge,
    describe,
    file_complaint,
    hand_on,
    record_step,
    withdraw_charge,
)
from mekhala.pathway.justice.services.sheets import keep_sheets, key_in, open_sheet
from mekhala.pathway.justice.services.telling import letter_sent

__all__ = [
    "DESCRIBED",
    "add_accused",
    "assign",
    "charge",
    "describe",
    "file_complaint",
    "hand_on",
    "keep_sheets",
    "key_in",
    "letter_sent",
    "open_sheet",
    "override_gate",
    "pass_gate",
    "plan_hearing",
    "put_off",
    "record",
    "record_step",
    "record_told",
    "watch_hearing",
    "withdraw_charge",
]
