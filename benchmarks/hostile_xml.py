"""Filled forms that strangers have altered: how many are neither read nor refused in words?

TP-B2: honest forms with bytes changed, parts repeated, document types, entities, depth, width,
attributes, encodings and zero bytes put in by a draw. TP-B3: the known-bad list, every file of
which must be refused. Bounds of R-50: one second each, 64 MB of memory for all together.

    python benchmarks/hostile_xml.py --times 20000 --seed 1
    python benchmarks/hostile_xml.py --mutants
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from django.conf import settings  # noqa: E402

if not settings.configured:
    settings.configure(USE_I18N=False)

from mekhala.core.wrong_input import WrongInput  # noqa: E402
from mekhala.forms.answers import read_sent  # noqa: E402

SLOWEST, MOST_ROOM = 1.0, 64 * 2**20
DTD = b'<!DOCTYPE data [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
PARTS = (
    DTD, b'<!DOCTYPE d SYSTEM "http://127.0.0.1/x.dtd">', b"&b;", b"&#0;", b"&#xD800;", b"\x00",
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml version='1.0' encoding='UTF-7'?>", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\xed\xa0\x80", b"<a>" * 150, b"<a/>" * 2000, b" x='1'" * 500, b"</data>",
    b"<xi:include href='file:///etc/passwd'/>", b"xmlns:q='urn:q'", "ក".encode(), b"\x1a", b"<",
    b">",
)  # fmt: skip


def honest(draw: random.Random) -> bytes:
    """Return an invented filled form."""
    fields = "".join(
        f"<q{n}>{draw.choice(('yes', 'no', '', 'កខគ', '12', 'a b'))}</q{n}>"
        for n in range(draw.randint(1, 30))
    )
    return (
        '<data id="invented" version="1" xmlns:orx="http://openrosa.org/xforms">'
        f"{fields}<orx:meta><orx:instanceID>uuid:{draw.random()}</orx:instanceID></orx:meta></data>"
    ).encode()


def altered(draw: random.Random) -> bytes:
    """Return a filled form with up to six things done to it."""
    content = bytearray(honest(draw))
    for _change in range(draw.randint(1, 6)):
        at = draw.randrange(len(content) + 1)
        what = draw.randrange(5)
        if what == 0 and at < len(content):
            content[at] = draw.randrange(256)
        elif what == 1:
            content[at:at] = draw.choice(PARTS)
        elif what == 2:
            del content[at : at + draw.randint(1, 40)]
        elif what == 3:
            content[at:at] = content[at : at + draw.randint(1, 200)] * draw.randint(1, 50)
        else:
            content[:0] = draw.choice(PARTS)
    return bytes(content)


def known_bad() -> Iterator[tuple[str, bytes]]:
    """Yield the list: seven classes, each at many sizes or in many spellings; 100 files."""
    for n in range(14):
        levels = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, n + 2))
        bomb = f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><d>&e{n + 1};</d>'
        yield f"{n + 1} levels of entities", bomb.encode()
        yield (
            f"one long entity {n}",
            (f'<!DOCTYPE d [<!ENTITY a "{"a" * 2**n}">]><d>{"&a;" * 1000}</d>'.encode()),
        )
    for n, what in enumerate((
        "SYSTEM 'file:///etc/passwd'", "SYSTEM 'http://127.0.0.1/'", "PUBLIC 'a' 'ftp://a/'",
        "SYSTEM 'expect://id'", "SYSTEM 'php://filter'", "SYSTEM '//host/share'", "SYSTEM ''",
    )):  # fmt: skip
        yield f"from outside {n}", f"<!DOCTYPE d [<!ENTITY f {what}>]><d>&f;</d>".encode()
        yield f"outside type {n}", f"<!DOCTYPE d {what}><d/>".encode()
        yield f"by parameter {n}", f"<!DOCTYPE d [<!ENTITY % p {what}> %p;]><d/>".encode()
    for depth in (101, 150, 500, 1000, 5000, 20_000, 100_000, 140_000):
        yield f"{depth} deep", b"<a>" * depth + b"</a>" * depth
        yield f"{depth} deep, never closed", b"<a>" * depth
    for width in (
        50_001,
        50_002,
        55_000,
        60_000,
        80_000,
        100_000,
        150_000,
        200_000,
        250_000,
        261_000,
        262_000,
    ):
        yield f"{width} wide", b"<d>" + b"<a/>" * width + b"</d>"
    for size in (2**20, 2**20 + 1, 2**21, 5 * 2**20, 9 * 2**20):
        yield f"{size} long", b"<d>" + b" " * size + b"</d>"
        yield f"{size} of attributes", b"<d " + b"a='1' " * (size // 6) + b"/>"
    for coding in ("utf-16", "utf-16-le", "utf-32", "cp037", "utf-7", "iso2022_jp", "shift_jis"):
        text = '<?xml version="1.0"?><d>\u3042&who;</d>' if coding != "cp037" else "<d>\xe9</d>"
        yield f"as {coding}", text.encode(coding, "replace")
        yield f"says {coding}", f'<?xml version="1.0" encoding="{coding}"?><d/>'.encode()


@dataclass
class Found:
    """What came of it; ``worst``: the longest time in seconds, ``room``: growth in bytes."""

    tried: int = 0
    read: int = 0
    refused: int = 0
    wrong: tuple[str, ...] = ()
    worst: float = 0.0
    room: int = 0

    @property
    def good(self) -> bool:
        """True where nothing was wrong, nothing slow and nothing large."""
        return not self.wrong and self.worst < SLOWEST and self.room < MOST_ROOM


type Reader = Callable[[bytes], object]


def _read(content: bytes) -> object:
    return read_sent(content, file_name="sent.xml")


def tried(
    given: Iterator[tuple[str, bytes]], read: Reader = _read, *, all_bad: bool = False
) -> Found:
    """Read each; anything but an answer or a ``WrongInput`` of one sentence is wrong."""
    found, before = Found(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, content in given:
        began = time.perf_counter()
        found.tried += 1
        try:
            read(content)
            found.read += 1
            found.wrong += (f"{name}: was read",) if all_bad else ()
        except WrongInput as refusal:
            found.refused += 1
            found.wrong += (f"{name}: several lines",) if "\n" in str(refusal) else ()
        except Exception as error:
            found.wrong += (f"{name}: {type(error).__name__}",)
        found.worst = max(found.worst, time.perf_counter() - began)
    found.room = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    return found


def fuzzed(times: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield ``times`` altered forms of a seed."""
    draw = random.Random(seed)
    for n in range(times):
        yield f"draw {n} of seed {seed}", altered(draw)


def unguarded(content: bytes) -> object:
    """The mutant: the standard library's parser, without bounds or our words."""
    from xml.etree import ElementTree as ET

    return ET.fromstring(content)


def main() -> int:
    """Print a line for each proof; 1 where one fails, or where a mutant passes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", action="store_true")
    args = parser.parse_args()
    read = unguarded if args.mutants else _read
    results = {
        "TP-B2": tried(fuzzed(args.times, args.seed), read),
        "TP-B3": tried(known_bad(), read, all_bad=True),
    }
    for name, found in results.items():
        verdict = "PASS" if found.good else "FAIL"
        seen = f"{found.tried} tried, {len(found.wrong)} wrong, {found.worst:.3f} s"
        room = f"{found.room / 2**20:.0f} MB"
        print(f"{name} 0 wrong, <1 s, <64 MB | {seen}, {room} | {verdict} seed {args.seed}")
        for line in found.wrong[:5]:
            print(f"   {line}")
    passed = all(found.good for found in results.values())
    return int(passed if args.mutants else not passed)


if __name__ == "__main__":
    sys.exit(main())
