"""A PDF of scanned or faxed pages: each page becomes a picture, and only pictures are kept.

The pages are drawn by a process of its own (``rendering``), and each picture is drawn anew like
any other. What else the file holds - scripts, forms, links, files, text behind a picture - is
neither run nor kept.
"""

import os
import struct
import subprocess
import sys

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads import LARGEST, rendering
from mekhala.safeguards.uploads.pictures import Picture, drawn_anew
from mekhala.safeguards.uploads.rendering import MOST_PAGES, TOO_MANY

BEGINS = b"%PDF-"
LONGEST = 30  # seconds until a page that is never done is given up
_LENGTH = struct.Struct(">I")


def pages_of(content: bytes, *, file_name: str) -> list[Picture]:
    """Return the pictures of a file: of each page of a PDF, or the one of a JPEG or PNG.

    Raises ``WrongInput``: no such file, over 10 MB, over 30 pages, locked or broken.
    """
    if not content.startswith(BEGINS):
        return [drawn_anew(content, file_name=file_name)]
    if len(content) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": file_name})
    return [drawn_anew(each, file_name=file_name) for each in _drawn(content, file_name)]


def _drawn(content: bytes, file_name: str) -> list[bytes]:
    path = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(
            [sys.executable, "-m", rendering.__name__], input=content, env={"PYTHONPATH": path},
            cwd="/", capture_output=True, timeout=LONGEST, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _broken(file_name) from None
    if done.returncode == TOO_MANY:
        raise WrongInput(
            _("%(file)s: has more than %(most)s pages; send it in parts.")
            % {"file": file_name, "most": MOST_PAGES}
        )
    pages = _parted(done.stdout)
    if done.returncode or not pages:
        raise _broken(file_name)
    return pages


def _parted(told: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(told):
        (length,) = _LENGTH.unpack_from(told, at)
        at += _LENGTH.size
        found.append(told[at : at + length])
        at += length
    return found


def _broken(file_name: str) -> WrongInput:
    return WrongInput(
        _("%(file)s: is locked or broken, expected a PDF that opens without a password.")
        % {"file": file_name}
    )
