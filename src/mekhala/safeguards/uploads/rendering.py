"""Drawing the pages of one PDF: a program of its own, that reads stdin and writes pictures.

It runs without settings and without keys, holds few bytes and little time, and writes no file.
PDFium is built here without a script engine and without XFA forms: nothing in a PDF is run, no
address is asked. Out: for each page four bytes of length and a JPEG.
"""

import io
import resource
import struct
import sys

MEMORY, SECONDS, LARGEST_FILE = 1_500 * 2**20, 20, 0
MOST_PAGES, MOST_DOTS, DOTS_PER_INCH = 30, 12_000_000, 200
POINTS_PER_INCH, QUALITY = 72, 85
TOO_MANY = 3  # how the program ends where there are more pages than are taken


def confine() -> None:
    """Take from this process what it does not need, for good."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def scale_for(width: float, height: float) -> float:
    """Return the scale for a page of this size in points: as a fax, or less for a huge page."""
    full = DOTS_PER_INCH / POINTS_PER_INCH
    dots = width * height * full**2
    return full if dots <= MOST_DOTS else full * (MOST_DOTS / dots) ** 0.5


def draw(content: bytes) -> int:
    """Write each page of ``content`` as a picture; return how the program ends."""
    from pypdfium2 import PdfDocument

    paper = PdfDocument(content)
    if len(paper) > MOST_PAGES:
        return TOO_MANY
    for page in paper:
        picture = io.BytesIO()
        bitmap = page.render(scale=scale_for(*page.get_size()), may_draw_forms=False)
        bitmap.to_pil().convert("RGB").save(picture, "JPEG", quality=QUALITY)
        sys.stdout.buffer.write(struct.pack(">I", picture.tell()) + picture.getvalue())
    return 0


if __name__ == "__main__":
    confine()
    sys.exit(draw(sys.stdin.buffer.read()))
