"""The instruments that come with the program: XLSForms in Markdown tables, in four languages.

English wording is the project's own; the other languages are machine translated and say so in
their ``review`` and ``note`` columns. ``based_on`` on the settings sheet says what each rests on;
none is verified until an authority adopts it. A question about a fact is named after the fact's
code with its dot replaced (``act_recruitment`` for ``act.recruitment``); indicators are choices
named with their codes.
"""

from mekhala.forms.instruments.texts import (
    CARD,
    INSTRUMENTS,
    SCREENING,
    as_workbook,
    instrument_text,
)

__all__ = ["CARD", "INSTRUMENTS", "SCREENING", "as_workbook", "instrument_text"]
