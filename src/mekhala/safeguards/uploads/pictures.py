"""Pictures: drawn anew, so that only what can be seen is kept; where it was taken is not.

A picture is read by its content, within bounds that are looked at before it is unpacked, and
written anew from its dots alone: no EXIF (place, time, phone), no thumbnail, no text, no profile,
nothing behind its end. The file that was sent is not kept.
"""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads import LARGEST

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_DOTS = 25_000_000
QUALITY = 90
BEGINS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n"}
MEDIA = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: its bytes and its media type."""

    content: bytes
    media_type: str


def drawn_anew(content: bytes, *, file_name: str) -> Picture:
    """Return the JPEG or PNG picture in ``content``, its dots alone, turned the right way up.

    Raises ``WrongInput``: not such a picture, over 10 MB or 25 million dots, broken.
    """
    kind = next((k for k, begin in BEGINS.items() if content.startswith(begin)), None)
    if kind is None:
        raise WrongInput(
            _("%(file)s: is neither a JPEG nor a PNG picture; no other file is taken.")
            % {"file": file_name}
        )
    if len(content) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": file_name})
    try:
        return Picture(_written(_read(content, kind, file_name), kind), MEDIA[kind])
    except WrongInput:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, KeyError,
            IndexError, TypeError, AttributeError) as error:  # fmt: skip
        raise WrongInput(
            _("%(file)s: is broken, expected a picture that opens.") % {"file": file_name}
        ) from error


def _read(content: bytes, kind: str, file_name: str) -> "Image":
    """Return the first picture in the file with nothing beside its dots."""
    from PIL import Image, ImageOps
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    try:
        picture = Image.open(io.BytesIO(content), formats=[kind])
    except (DecompressionBombError, DecompressionBombWarning):
        raise _too_many(file_name) from None
    if picture.width * picture.height > MOST_DOTS:
        raise _too_many(file_name)
    turned = ImageOps.exif_transpose(picture)
    clear = "transparency" in turned.info or turned.mode in ("RGBA", "LA", "PA")
    plain = turned.convert("RGBA" if clear and kind == "PNG" else "RGB")
    plain.info = {}
    return plain


def _written(picture: "Image", kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        picture.save(out, "JPEG", quality=QUALITY)
    else:
        picture.save(out, "PNG")
    return out.getvalue()


def _too_many(file_name: str) -> WrongInput:
    return WrongInput(
        _("%(file)s: has more than 25 million dots; take it with a smaller size.")
        % {"file": file_name}
    )
