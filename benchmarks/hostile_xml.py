"""Filled forms that strangers have altered: how many are neither read nor refused in words?

TP-B2: honest forms with bytes changed, parts repeated, document types, entities, depth, width,
attributes, encodings and zero bytes put in by a draw. TP-B3: the known-bad list, every file of
which must be refused. Bounds of R-50: one second each, 64 MB of memory for all together.

    python -m benchmarks.hostile_xml --tries 20000 --seed 1
    python -m benchmarks.hostile_xml --mutants
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from benchmarks import rows

if not settings.configured:
    settings.configure(USE_I18N=False)

from mekhala.core.wrong_input import WrongInput
from mekhala.forms.answers import read_sent

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


def main(argv: list[str] | None = None) -> int:
    """Tell a row for each proof; with ``--mutants`` whether both go red without our bounds."""
    given = rows.options(argv, says=__doc__, full=20_000, quick=2000)
    if given.mutants:
        return mutants(given.seed)
    worst = _told("TP-B2", tried(fuzzed(given.tries, given.seed)), given.seed)
    return worst | _told("TP-B3", tried(known_bad(), all_bad=True), given.seed)


def _told(proof: str, found: Found, seed: int) -> int:
    for words in found.wrong[:5]:
        print(f"  {words}", file=sys.stderr)
    return rows.tell(
        proof, target=f"0 of {found.tried:,} wrong, each below 1 s, below 64 MB",
        measured=f"{len(found.wrong)} wrong, {found.worst:.3f} s, {found.room / 2**20:.0f} MB",
        passed=found.good, seed=seed,
    )  # fmt: skip


def mutants(seed: int) -> int:
    """Read with a parser that has neither our bounds nor our words."""
    worst = 0
    for proof, some, all_bad in (
        ("TP-B2", lambda: fuzzed(500, seed), False), ("TP-B3", known_bad, True),
    ):  # fmt: skip
        guarded = tried(some(), all_bad=all_bad).good
        found = tried(some(), unguarded, all_bad=all_bad)
        name = "the standard library's parser, without our bounds"
        worst |= rows.tell_mutant(proof, name, red=guarded and not found.good)
    return worst


if __name__ == "__main__":
    sys.exit(main())
