"""How records are encoded: the figures that two files must share to be compared.

The method: one vector of bits for a whole record (a cryptographic long-term key: Schnell,
Bachteler & Reiher 2011), never one for a field, because a vector for a family name alone repeats
as often as the name does, and a short list of common names tells it at once (Kuzu et al. 2011;
Niedermeyer et al. 2014). Random positions for each q-gram instead of two hashes combined, which
leave a structure to attack (Kroll & Steinmetzer 2015). Then three hardenings, each against
something else:

- **salt** by the attribute that a vector is compared within, two years of birth or a province
  (Niedermeyer et al. 2014): the same q-gram sets other bits in every block, so that counts and
  patterns are those of a block and not of a country;
- **diffusion** (Armknecht, Heng & Schnell 2023): each bit of the output is the exclusive or of
  ``mixed`` bits at secret places. Folding and rule 90 (Schnell & Borgs 2016, 2018) are this with
  two, at places everybody knows. No bit stands for a q-gram, so there is no pattern to mine;
- **flips** (BLIP: Alaggan, Gambs & Kermarrec 2012; Schnell & Borgs 2016): each bit is turned
  with a small probability, always alike for one record, so that two people of one name and one
  birthday differ and a second file of the same record tells nothing more.

Balancing (a vector with its negation) was left out: it doubles the file, and diffusion already
brings the share of ones near a half. Markov chaining was left out: it needs a shared model of the
language.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

VERSION = 2
BYTE = 256  # the chance of a flip is told in 256ths, so that it is drawn without a remainder
POSITIONS: Mapping[str, int] = MappingProxyType(  # bits that each statement of a kind sets
    {"name": 16, "sound": 4, "year": 6, "month": 12, "day": 12, "sex": 8, "nationality": 4,
     "province": 6, "district": 6, "commune": 6, "place_text": 3}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The figures of an encoding; what stands here is written over every file.

    ``length``: bits of a vector, a power of two. ``mixed``: bits joined into one by diffusion,
    1 for none. ``flipped``: the chance that a bit is turned, in 256ths. ``years``: how many years
    of birth share a salt. ``salted``: whether there is one. ``positions``: bits that each
    statement of a kind sets.
    """

    length: int = 1024
    mixed: int = 4
    flipped: int = 8
    years: int = 2
    salted: bool = True
    positions: Mapping[str, int] = field(default_factory=lambda: POSITIONS)

    def told(self) -> dict[str, Any]:
        """Return them as they stand in a file's header."""
        return {
            "version": VERSION, "length": self.length, "mixed": self.mixed,
            "flipped": self.flipped, "years": self.years, "salted": self.salted,
            "positions": dict(self.positions),
        }  # fmt: skip

    @property
    def epsilon(self) -> float:
        """What a flip promises for one bit: ε of randomised response, ln((1 - p) / p).

        For one bit, not for a record: who differs in a letter differs in hundreds of bits.
        """
        turned = self.flipped / BYTE
        return math.log((1 - turned) / turned) if turned else math.inf


HARDENED = Parameters()
