"""The list of known-bad files (TP-B4), made here: nothing of it is kept in the repository."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.builders_forms import picture

PLACE = b"GPSLatitude 11.5564 N"  # what must never come back
PROGRAM = b"<script>alert(1)</script>"


def gps_picture(kind="JPEG", *, colour="white"):
    """Return a picture that says where it was taken, in EXIF, in a comment and behind its end."""
    exif = Image.Exif()
    exif[0x010F] = "Invented phone"
    exif[0x9286] = PLACE.decode()
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (11.0, 33.0, 23.0), 3: "E", 4: (104.0, 55.0, 42.0), 29: "2026:03:09"})
    more = {"comment": PLACE} if kind == "JPEG" else {}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Location", PLACE.decode())
    return picture(colour, size=(64, 48), kind=kind, exif=exif, icc_profile=PLACE, **more)


def polyglots():
    """Yield (name, content): pictures that are something else as well."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as book:
        book.writestr("run.js", PROGRAM)
    tails = {"zip": archive.getvalue(), "html": PROGRAM, "php": b"<?php system($_GET[0]);?>",
             "pdf": b"%PDF-1.7 /JavaScript", "elf": b"\x7fELF" + PROGRAM,
             "place": PLACE}  # fmt: skip
    for kind in ("JPEG", "PNG"):
        whole = gps_picture(kind)
        for name, tail in tails.items():
            yield f"{kind}+{name}", whole + tail


def no_pictures():
    """Yield (name, content): what is no picture, whatever it is called."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    yield from {
        "svg": svg, "svg with a head": b'<?xml version="1.0"?>' + svg, "html": PROGRAM,
        "pdf": b"%PDF-1.7", "elf": b"\x7fELF\x02\x01", "exe": b"MZ\x90\x00", "empty": b"",
        "gif": b"GIF89a" + PROGRAM, "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        "bmp": b"BM" + bytes(60),
        "tiff": b"II*\x00" + bytes(60), "ico": b"\x00\x00\x01\x00", "eps": b"%!PS-Adobe-3.0 EPSF",
        "mp4": b"\x00\x00\x00\x18ftypmp42" + PLACE, "mp3": b"ID3\x04", "ogg": b"OggS",
        "zip": b"PK\x03\x04",
        "heic": b"\x00\x00\x00\x18ftypheic", "php": b"<?php ?>", "shell": b"#!/bin/sh\nid\n",
        "pickle": b"\x80\x04\x95", "gzip": b"\x1f\x8b\x08", "class": b"\xca\xfe\xba\xbe",
        "jpeg head only": b"\xff\xd8\xff", "png head only": b"\x89PNG\r\n\x1a\n",
        "jpeg of noughts": b"\xff\xd8\xff\xe0" + bytes(400), "half a jpeg": gps_picture()[:300],
        "half a png": gps_picture("PNG")[:-60],
    }.items()  # fmt: skip


def floods():
    """Yield (name, content): small files that say, or are, far too many dots."""
    for width, height in ((60_000, 60_000), (5001, 5000), (2**31 - 1, 1), (1, 26_000_000)):
        yield f"png {width}×{height}", _png(width, height)
    for width, height in ((65_000, 65_000), (5001, 5000)):
        head = bytearray(picture(size=(8, 8)))
        at = head.index(b"\xff\xc0")
        head[at + 5 : at + 9] = struct.pack(">HH", height, width)
        yield f"jpeg {width}×{height}", bytes(head)


def _png(width, height):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def mutated(rounds, seed):
    """Yield (name, content): whole pictures with bytes changed, cut or doubled by a draw."""
    import random

    draw = random.Random(seed)
    for n in range(rounds):
        content = bytearray(gps_picture(draw.choice(("JPEG", "PNG"))))
        for _change in range(draw.randint(1, 8)):
            content[draw.randrange(8, len(content))] = draw.randrange(256)
        if draw.random() < 0.3:
            del content[draw.randrange(8, len(content)) :]
        yield f"draw {n} of seed {seed}", bytes(content)


def workbooks():
    """Yield (name, content): .xlsx files that no form may be made from."""
    book = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    yield "bomb", packed(book | {"xl/a.xml": bytes(60 * 2**20)})
    yield "bomb that lies", lying(packed(book | {"xl/a.xml": bytes(60 * 2**20)}), 60 * 2**20)
    yield "too many parts", packed(book | {f"xl/{n}.xml": b"" for n in range(101)})
    for name in ("../evil.xml", "/etc/passwd", "xl/../../evil", "xl\\..\\evil"):
        yield name, packed(book | {name: b"x"})
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    yield "link", packed(book | {link: b"/etc/passwd"})
    for name in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/a.bin",
                 "xl/embeddings/oleObject1.bin"):  # fmt: skip
        yield name, packed(book | {name: b"x"})
    yield "no workbook", packed({"run.js": PROGRAM})
    whole = packed(book)
    yield "half", whole[: len(whole) // 2]
    yield "twice the same part", packed_twice("xl/workbook.xml")
    yield (
        "locked",
        whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
    )


def packed(parts):
    """Return a ZIP of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def packed_twice(name):
    """Return a ZIP with two parts of one name, of which two readers may read different ones."""
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as book:
        warnings.simplefilter("ignore")
        for content in (b"<one/>", b"<other/>"):
            book.writestr(name, content)
    return out.getvalue()


def lying(content, size):
    """Return the ZIP with every word of ``size`` replaced by a small one."""
    return content.replace(struct.pack("<I", size), struct.pack("<I", 10))


NAMES = ["photo\u202egpj.exe", "a\u2066b.jpg", "../../a.jpg", "a\\b.jpg", "a\x00.jpg", "a\nb.jpg",
         "", "..", "x" * 201, "\u200fa.jpg", "/etc/passwd", "a\x7f.jpg"]  # fmt: skip
PLAIN_NAMES = ["photo.jpg", "photo.php.jpg", "រូបថត.jpg", "ภาพ.png", "1700000000000.jpg"]
