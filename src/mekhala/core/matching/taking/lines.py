"""Lines of a text file in bytes: decoded one by one, so that one wrong line spoils no other."""

import codecs
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

CHUNK = 1 << 20
LONGEST_LINE = 1 << 20  # bytes; of a longer one nothing is kept
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DAMAGED = "\ufffd"  # stands where bytes could not be read


class Line(NamedTuple):
    """One line without its end; ``fault`` says why it is no text; ``ended``: it had an end."""

    text: str
    fault: str
    ended: bool


def lines_of(file: BinaryIO, encodings: Sequence[str]) -> Iterator[Line]:
    """Return the lines of ``file``, each by the first of ``encodings`` it can be read by.

    A byte order mark decides for UTF-16. Line ends of every system are read.
    """
    first = file.read(CHUNK)
    chunks = _chunks(file, first)
    if first.startswith(UTF_16):
        chunks, encodings = _from_utf_16(chunks), ("utf-8",)
    elif "utf-16" in encodings:
        encodings = [e for e in encodings if e != "utf-16"] or ["utf-8"]
    at_start = True
    for raw, fault, ended in _split(chunks):
        text, wrong = ("", fault) if fault else _decoded(raw, encodings)
        yield Line(text.removeprefix("\ufeff") if at_start else text, wrong, ended)
        at_start = False


def _chunks(file: BinaryIO, first: bytes) -> Iterator[bytes]:
    chunk = first
    while chunk:
        yield chunk
        chunk = file.read(CHUNK)


def _from_utf_16(chunks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _split(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, str, bool]]:
    """Return (line, fault, ended); a line that is too long is passed over up to its end."""
    waiting, end, too_long = b"", b"", False
    for chunk in chunks:
        end = end or (b"\r" if b"\n" not in chunk and b"\r" in chunk[:-1] else b"\n")
        *whole, waiting = (waiting + chunk).split(end)
        for line in whole:
            yield line.removesuffix(b"\r"), _fault(line, too_long), True
            too_long = False
        if len(waiting) > LONGEST_LINE:
            waiting, too_long = b"", True
    if waiting or too_long:
        yield waiting.removesuffix(b"\r"), _fault(waiting, too_long), False


def _fault(line: bytes, too_long: bool) -> str:
    return "too_long" if too_long or len(line) > LONGEST_LINE else ""


def _decoded(raw: bytes, encodings: Sequence[str]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            return raw.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace"), "not_text"
