"""Decisions that can be told, letters about them, and a small reader of PDF structure."""

import re
import zlib
from datetime import timedelta

from mekhala.pathway.determination import services as determination
from mekhala.pathway.encounter import services as encounter
from mekhala.safeguards.access.acting import become
from tests.builders import NOW
from tests.builders_casework import REFUSED, authority, believed, read, recognised, referred

DECIDED = NOW + timedelta(days=41)
REASONS = "Recruited by a lie to work without pay."


def decided(answer="recognised", **more):
    """Return a case with a conclusive decision, and the authority's officers, of two agencies."""
    board = authority()
    file = referred(**more)
    if answer == "recognised":
        return recognised(file, *board[:2]).case, board
    asked = believed(file, *board[:2])
    for reader in board[:2]:
        read(asked, reader, REFUSED, differs_because="The sources do not bear it out.")
    return file.case, board


def letter(made, by, *, kind="decision", language="en", at=DECIDED):
    """Return a letter made by ``by``; the test goes on as that officer."""
    become(by.pk)
    return determination.prepare_letter(case=made, kind=kind, language=language, by=by, at=at)


def approved(made, board, **more):
    """Return a letter the first officer made and the second approved."""
    kept = letter(made, board[0], **more)
    become(board[1].pk)
    return determination.approve_letter(
        letter=kept, seen=kept.digest, by=board[1], at=DECIDED, language_checked=True
    )


def reached(made, by, way="in_person", **more):
    """Record what the person said about being reached; the test goes on as ``by``."""
    become(by.pk)
    return encounter.record_safe_contact(case=made, way=way, by=by, at=DECIDED, **more)


def structure_of(pdf):
    """Return the objects of a PDF as text: what stands plainly, and what object streams hold."""
    found = [pdf]
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream[1]))
        except zlib.error:
            continue  # a stream that is not compressed stands in the text already
    return b"\n".join(found)
