"""From agencies' records to a number: invented people must be found, and counted, again."""

import hashlib
import hmac
import random

import pytest

from mekhala.core.estimation.independence import independence
from mekhala.core.matching.exact_keys import Entry, join, overlaps, tokens_of
from mekhala.core.matching.records import read_records

SECRET = b"a secret the centre never has"
PEOPLE = 3_000
RATES = {"embassy": 0.2, "ngo": 0.3, "police": 0.25}
HEAD = "record_id,source,full_name,sex,birth_date,national_id\n"


def keyed(strings):
    """What the holder of the key does."""
    return [hmac.new(SECRET, s.encode(), hashlib.sha256).hexdigest() for s in strings]


def invented_people(chance):
    """Each with a name of two invented words, a sex, a day of birth and an identity number."""
    syllables = [a + b for a in "bdkmnprstv" for b in ("a", "ea", "i", "o", "u")]
    for number in range(PEOPLE):
        given, family = ("".join(chance.choices(syllables, k=3)) for _ in range(2))
        born = f"{chance.randint(1960, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield given, family, chance.choice("fm"), born, f"{number:09}1"


def written(person, chance):
    """A person as one clerk writes them: another order, no number, another form of the day."""
    given, family, sex, born, number = person
    name = f"{family.upper()} {given}" if chance.random() < 0.5 else f"{given} {family}"
    day = born if chance.random() < 0.5 else "/".join(reversed(born.split("-")))
    return f"{name},{sex},{day},{number if chance.random() < 0.5 else ''}"


def test_records_of_three_agencies_give_back_the_population():
    chance = random.Random(7)
    rows, truth = [], {}
    for person in invented_people(chance):
        for source, rate in RATES.items():
            if chance.random() < rate:
                truth[source, str(len(rows))] = person
                rows.append(f"{len(rows)},{source},{written(person, chance)}\n")

    records = read_records(HEAD + "".join(rows))
    found = join(
        Entry(
            record_id=record["record_id"],
            source=record["source"],
            tokens=tokens,
        )
        for record, tokens in zip(records, tokens_of(records, keyed), strict=True)
    )

    assert all(len({truth[name] for name in person.records}) == 1 for person in found)
    assert len(found) == len(set(truth.values()))
    estimate = independence(overlaps(found), bootstrap=200)
    assert estimate.estimate == pytest.approx(PEOPLE, rel=0.08)
    assert estimate.low < PEOPLE < estimate.high
