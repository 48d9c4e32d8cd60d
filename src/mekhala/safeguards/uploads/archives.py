"""Workbooks: an .xlsx is a ZIP of parts, counted while they unpack, not as they say they are."""

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput

MOST_PARTS = 100
LARGEST_UNPACKED = 50 * 2**20
PIECE = 2**16
BOOK = "xl/workbook.xml"
ACTIVE = ("vbaproject", "macrosheets/", "activex/", "embeddings/")


def check_workbook(content: bytes, *, file_name: str) -> None:
    """Refuse an .xlsx that is none, or unpacks into more than a workbook ever needs.

    Also one with links, paths out of itself, locked parts or macros. Raises ``WrongInput``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            _unpack_counting(book, file_name)
            _check_parts(book, file_name)
    except WrongInput:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        raise WrongInput(
            _("%(file)s: the workbook is broken, expected one that opens without repair.")
            % {"file": file_name}
        ) from error


def _check_parts(book: zipfile.ZipFile, file_name: str) -> None:
    parts = book.infolist()
    names = [part.filename for part in parts]
    strange = [part for part in parts if _leads_away(part)]
    if strange or len(set(names)) != len(names) or BOOK not in names:
        raise WrongInput(
            _("%(file)s: holds links, paths or parts that no workbook has.") % {"file": file_name}
        )
    if any(word in name.lower() for name in names for word in ACTIVE):
        raise WrongInput(
            _("%(file)s: holds macros, expected a workbook without them.") % {"file": file_name}
        )


def _leads_away(part: zipfile.ZipInfo) -> bool:
    """Tell whether a part is a link, locked, or named to lie outside."""
    path = PurePosixPath(part.filename)
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    is_locked = bool(part.flag_bits & 1)
    return is_link or is_locked or path.is_absolute() or ".." in path.parts or "\\" in part.filename


def _unpack_counting(book: zipfile.ZipFile, file_name: str) -> None:
    """Unpack every part into nothing and stop at the bound: what a part says of itself may lie."""
    left = LARGEST_UNPACKED
    if len(book.infolist()) > MOST_PARTS:
        raise _too_much(file_name)
    for part in book.infolist():
        with book.open(part) as inside:
            while piece := inside.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise _too_much(file_name)


def _too_much(file_name: str) -> WrongInput:
    return WrongInput(
        _("%(file)s: unpacks into more than 100 parts or 50 MB.") % {"file": file_name}
    )
