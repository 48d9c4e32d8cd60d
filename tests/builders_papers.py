"""Invented scans in one PDF. Nobody is in them."""

import io

from PIL import Image
from pypdfium2 import PdfDocument

PLANTED = "Zxqwernary Planted"


def scanned(pages=2, *, size=(850, 1100)):
    """Return a PDF of white scans, with a title that no picture shows."""
    out = io.BytesIO()
    sheets = [Image.new("L", size, 255 - n) for n in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], title=PLANTED,
                   resolution=100)  # fmt: skip
    return out.getvalue()


def empty(width, height, pages=1):
    """Return a PDF of empty pages of this size, in points."""
    paper, out = PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        paper.new_page(width, height)
    paper.save(out)
    return out.getvalue()
