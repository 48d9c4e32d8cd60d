"""Sounds: written anew from what can be heard; who made it, where and with what is not kept.

WAV (RIFF: PCM alone) and MP3 (ISO 11172-3, layer III). A sound is read by its content, frame by
frame; tags (ID3, APE), pictures and whatever stands between or behind the frames are left out.
"""

import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.safeguards.uploads import LARGEST

_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kbit/s, MPEG 1
_RATES_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # MPEG 2 and 2.5
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
LEAST_FRAMES = 3  # fewer is chance
PCM = 1


@dataclass(frozen=True)
class Sound:
    """A sound as it is kept: its bytes and its media type."""

    content: bytes
    media_type: str


def written_anew(content: bytes, *, file_name: str) -> Sound:
    """Return the sound in ``content``, its frames alone.

    Raises ``WrongInput``: neither WAV nor MP3, over 10 MB, broken.
    """
    if len(content) > LARGEST:
        raise WrongInput(_("%(file)s: is larger than 10 MB.") % {"file": file_name})
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        kept, media_type = _wave(content), "audio/wav"
    else:
        kept, media_type = _frames(content), "audio/mpeg"
    if not kept:
        raise WrongInput(
            _("%(file)s: is no sound that is taken; expected MP3 or WAV.") % {"file": file_name}
        )
    return Sound(kept, media_type)


def _wave(content: bytes) -> bytes:
    """Return a WAV file of the chunks “fmt ” and “data” alone, empty where they do not fit."""
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        if name in (b"fmt ", b"data"):
            chunks.setdefault(name, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    form, data = chunks.get(b"fmt ", b"")[:16], chunks.get(b"data", b"")
    if len(form) < 16 or struct.unpack_from("<H", form)[0] != PCM or not data:
        return b""
    pad = b"\0" * (len(data) % 2)
    body = b"WAVE" + struct.pack("<4sI", b"fmt ", 16) + form
    body += struct.pack("<4sI", b"data", len(data)) + data + pad
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def _frames(content: bytes) -> bytes:
    """Return the MP3 frames that follow one another, empty where there are too few."""
    at, kept = _behind_tag(content), []
    while at + 4 <= len(content):
        length = _length(content[at : at + 4])
        if length == 0 or at + length > len(content):
            break
        kept.append(content[at : at + length])
        at += length
    return b"".join(kept) if len(kept) >= LEAST_FRAMES else b""


def _behind_tag(content: bytes) -> int:
    """Return where the sound begins: behind an ID3v2 tag, whose size is in 7-bit bytes."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | (byte & 0x7F)
    return 10 + size


def _length(header: bytes) -> int:
    """Return the bytes of a layer III frame from its header, 0 where it is none."""
    (bits,) = struct.unpack(">I", header)
    edition, layer = bits >> 19 & 3, bits >> 17 & 3
    rate, hertz, padding = bits >> 12 & 15, bits >> 10 & 3, bits >> 9 & 1
    if bits >> 21 != 0x7FF or layer != 1 or edition == 1 or rate in (0, 15) or hertz == 3:
        return 0
    kilobits = (_RATES if edition == 3 else _RATES_LOW)[rate]
    per_frame = 144 if edition == 3 else 72
    return per_frame * kilobits * 1000 // _HERTZ[edition][hertz] + padding
