"""What an attacker on tokens has: the file, its parameters, and a list of the same people in clear.

That the list in clear holds exactly the people of the file is the worst case (Vidanage et al. 2020
call it an overlap of one): whoever has it in truth rarely has all of them. Nobody in it exists.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mekhala.core.estimation.binomial import clopper_pearson
from mekhala.core.matching.encoding.parameters import HARDENED, Parameters
from mekhala.core.matching.encoding.project_key import ProjectKey
from mekhala.core.matching.encoding.statements import Said, said_by
from mekhala.core.matching.encoding.vectors import Encoder, Tokens
from mekhala.core.matching.records import COLUMNS
from mekhala.core.names.normal import normal_text
from mekhala.sample.lists import lists
from mekhala.sample.people import people

PEOPLE_FOR_ONE = 4  # invented people looked through for one target; about half are true victims
BARE = Parameters(mixed=1, flipped=0, salted=False)  # what was usual in 2011
ONE_FIELD = replace(BARE, positions={**dict.fromkeys(HARDENED.positions, 0), "name": 16})

type Record = Mapping[str, str]


@dataclass(frozen=True)
class Attacked:
    """A file of tokens, and the list in clear in another order; ``truth``: target → known."""

    tokens: Tokens
    known: Sequence[Record]
    truth: Sequence[int]

    @property
    def said(self) -> list[Said]:
        """What each known record says, as the encoder would cut it."""
        return [said_by(record) for record in self.known]


@dataclass(frozen=True)
class Told:
    """How many of ``of`` targets an attack named, and how many of these rightly."""

    named: int
    right: int
    of: int

    @property
    def high(self) -> float:
        """The upper end of the exact interval at 95 % for the share named rightly."""
        return clopper_pearson(self.right, self.of, 0.95)[1]

    @property
    def low(self) -> float:
        """The lower end of it."""
        return clopper_pearson(self.right, self.of, 0.95)[0]

    def __str__(self) -> str:
        """Say it with its interval."""
        return (
            f"{self.right} of {self.of} right (95 % interval {100 * self.low:.1f} to "
            f"{100 * self.high:.1f} %), {self.named} named"
        )


def key_of(seed: int) -> ProjectKey:
    """Return the key of the invented project."""
    return ProjectKey(random.Random(f"key {seed}").randbytes(32))


def records_of(number: int, seed: int) -> list[Record]:
    """Return ``number`` invented records, one a person, without national numbers.

    A number is one exact token, and nothing about names is learnt from it.
    """
    found = lists(
        people(number * PEOPLE_FOR_ONE, seed), seed, coverage={"shelters": 1.0}, dependent=None
    )
    empty = dict.fromkeys(COLUMNS, "")
    return [{**empty, **r, "national_id": ""} for r in found.records[:number]]


def attacked(
    number: int, seed: int, parameters: Parameters = HARDENED, *, family_only: bool = False
) -> Attacked:
    """Return a file of ``number`` people, encoded with a key the attacker has not.

    ``family_only``: with the family name for a name, as where each field has a vector of its own.
    """
    records = records_of(number, seed)
    if family_only:
        records = [{**r, "full_name": family_of(r), "name_km": ""} for r in records]
    order = list(range(len(records)))
    random.Random(seed).shuffle(order)
    tokens = Encoder(key_of(seed), parameters).tokens(records)
    truth = sorted(range(len(order)), key=order.__getitem__)
    return Attacked(tokens, [records[n] for n in order], truth)


def name_of(record: Record) -> str:
    """Return the whole name in Latin letters, as an attacker would say it."""
    return normal_text(record["full_name"]) or ""


def family_of(record: Record) -> str:
    """Return the first word of the name, which is the family's in most of the sample."""
    return (name_of(record).split() or [""])[0]


def told(target: Attacked, guesses: Mapping[int, int]) -> Told:
    """Count the guesses (target → known) that name the person, by name."""
    right = sum(
        name_of(target.known[guess]) == name_of(target.known[target.truth[one]])
        for one, guess in guesses.items()
    )
    return Told(len(guesses), right, len(target.truth))
