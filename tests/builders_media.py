"""Invented files that go out with forms: sounds, and forms that ask for files and lists."""

import struct

WITH_FILES = """
| survey |
| | type | name | label::English (en) | label::Khmer (km) | image | audio | choice_filter |
| | select_one_from_file provinces.csv | province | Where? | នៅឯណា? | map.png | where.mp3 | |
| | select_one_from_file districts.csv | district | Where? | នៅឯណា? | | | province=${province} |
| | select_one_from_file services.csv | service | Which? | មួយណា? | | | |
| | select_one_from_file posts.csv | post | Which? | មួយណា? | | | |
| settings |
| | form_id | form_title | version |
| | filed | Form with files | VERSION |
"""


def with_files(version="1"):
    """Return an invented XLSForm that asks for a picture, a sound, two lists and its own list."""
    return WITH_FILES.replace("VERSION", version).encode()


def wave(data=b"\0\1" * 40, *, extra=b""):
    """Return an invented WAV sound; ``extra`` stands before its data, as a program's notes do."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16)
    body = b"WAVE" + form + extra + struct.pack("<4sI", b"data", len(data)) + data
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def mp3(frames=4):
    """Return an invented MP3 sound of silent frames (MPEG 1, layer III, 128 kbit/s, 44.1 kHz)."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames
