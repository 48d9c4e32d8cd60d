"""How each list is kept: whom it reaches, what it asks, in which script and with what care.

The lists are invented; their habits are those that registers of such agencies show. Shares are of
the records of the list unless said otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mekhala.sample.draws import Weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """The way of one list."""

    source: str
    reaches: float  # share of the country's people on it
    foreigners: float = 1.0  # times as many of the foreigners
    again: float = 0.0  # of its people, who are on it a second time; 0: declared distinct
    again_until: int = 3  # records of one person at most
    khmer: float = 0.0  # the name is in Khmer script (of those who have one)
    latin: float = 1.0  # the name is in Latin letters; always where not in Khmer script
    ways: Weighted[str]  # how Latin is written by the clerk: a system, or ``listed``
    document: float = 0.0  # the spelling of the passport is copied, where there is one
    split: bool = False  # family_name and given_name, else full_name
    turned: float = 0.0  # given name first, or the two columns exchanged
    no_family: float = 0.0  # the family name is missing
    fathers: float = 0.0  # the father's whole or given name is put down as the family name
    titled: float = 0.0  # a title or a word for kin stands before the name
    nick: float = 0.0  # of those who have one, the other name is put down alone
    apart: float = 0.15  # a given name of two parts is written as two words
    upper: bool = False
    slip: float = 0.04  # of words, written with a slip
    births: Weighted[str]  # ways of ``births.written``
    khmer_births: bool = False
    filled: Mapping[str, float] = field(default_factory=dict)  # column → share filled
    codes: Weighted[str]  # the finest code of place written: village … province, or none
    in_words: float = 0.0  # the place is in words
    khmer_words: bool = False
    half_empty: float = 0.0  # name and sex only
    nearly_nothing: float = 0.0  # no name: a girl, a town


def _filled(**shares: float) -> Mapping[str, float]:
    return MappingProxyType(shares)


CLERK = {"usual": 18.0, "listed": 64.0, "department": 7.0, "dccam": 6.0, "bgn": 1.0, "french": 4.0}

HABITS = (
    Habit(
        source="police", reaches=0.34, khmer=0.9, latin=0.55, ways=Weighted(CLERK), document=0.5,
        no_family=0.02, fathers=0.03, titled=0.01, slip=0.03,
        births=Weighted({"slashed": 85.0, "year": 10.0, "age": 5.0}),
        filled=_filled(sex=0.99, birth=0.94, nationality=0.97, national_id=0.45, phone=0.15,
                       father_name=0.7, mother_name=0.65),
        codes=Weighted({"village": 60.0, "commune": 20.0, "district": 10.0, "": 10.0}),
        in_words=0.2, khmer_words=True, half_empty=0.01,
    ),
    Habit(
        source="social_affairs", reaches=0.38, khmer=0.92, latin=0.35,
        ways=Weighted(CLERK | {"department": 20.0}), document=0.3, split=True, no_family=0.03,
        turned=0.02, fathers=0.02, slip=0.03,
        births=Weighted({"khmer": 60.0, "year": 25.0, "age": 15.0}), khmer_births=True,
        filled=_filled(sex=0.99, birth=0.92, nationality=0.95, national_id=0.2, phone=0.2,
                       father_name=0.45, mother_name=0.45),
        codes=Weighted({"village": 70.0, "commune": 20.0, "province": 5.0, "": 5.0}),
        in_words=0.1, khmer_words=True, half_empty=0.02,
    ),
    Habit(
        source="court", reaches=0.14, again=0.03, khmer=0.95, latin=0.25,
        ways=Weighted(CLERK | {"french": 15.0}), document=0.3, no_family=0.01, fathers=0.03,
        titled=0.08, slip=0.03,
        births=Weighted({"slashed": 30.0, "khmer": 10.0, "year": 20.0, "age": 40.0}),
        khmer_births=True,
        filled=_filled(sex=0.97, birth=0.9, nationality=0.9, national_id=0.1, father_name=0.75,
                       mother_name=0.7),
        codes=Weighted({"commune": 25.0, "district": 20.0, "": 55.0}), in_words=0.9,
        khmer_words=True, half_empty=0.02,
    ),
    Habit(
        source="labour", reaches=0.16, khmer=0.3, latin=0.98,
        ways=Weighted({"listed": 70.0, "usual": 30.0}), document=0.85, split=True, upper=True,
        turned=0.04, slip=0.02, births=Weighted({"iso": 95.0, "year": 5.0}),
        filled=_filled(sex=0.99, birth=0.97, nationality=0.99, national_id=0.75, phone=0.5),
        codes=Weighted({"district": 50.0, "province": 42.0, "": 8.0}), in_words=0.1,
    ),
    Habit(
        source="shelters", reaches=0.28, again=0.08, khmer=0.25, latin=0.9,
        ways=Weighted({"usual": 25.0, "listed": 65.0, "french": 3.0, "dccam": 7.0}), document=0.35,
        turned=0.10, no_family=0.10, fathers=0.02, titled=0.06, nick=0.15, apart=0.35, slip=0.04,
        births=Weighted({"age": 35.0, "slashed": 45.0, "year": 20.0}),
        filled=_filled(sex=0.97, birth=0.88, nationality=0.85, national_id=0.05, phone=0.3,
                       father_name=0.15, mother_name=0.3),
        codes=Weighted({"commune": 30.0, "district": 35.0, "province": 25.0, "": 10.0}),
        in_words=0.4, half_empty=0.05, nearly_nothing=0.01,
    ),
    Habit(
        source="embassy", reaches=0.08, foreigners=2.5, khmer=0.05, latin=1.0,
        ways=Weighted({"listed": 50.0, "usual": 25.0, "french": 15.0, "bgn": 6.0, "library": 4.0}),
        document=0.7, turned=0.35, no_family=0.02, slip=0.03,
        births=Weighted({"slashed": 50.0, "iso": 40.0, "year": 10.0}),
        filled=_filled(sex=0.98, birth=0.94, nationality=1.0, national_id=0.5, phone=0.3),
        codes=Weighted({"district": 25.0, "province": 45.0, "": 30.0}), in_words=0.5,
        half_empty=0.01,
    ),
    Habit(
        source="hotline", reaches=0.20, again=0.12, khmer=0.35, latin=0.75,
        ways=Weighted({"usual": 30.0, "listed": 65.0, "french": 5.0}), turned=0.10,
        no_family=0.30, titled=0.15, nick=0.30, apart=0.35, slip=0.05,
        births=Weighted({"age": 85.0, "year": 15.0}),
        filled=_filled(sex=0.95, birth=0.65, nationality=0.5, phone=0.7),
        codes=Weighted({"district": 25.0, "province": 40.0, "": 35.0}), in_words=0.5,
        half_empty=0.15, nearly_nothing=0.05,
    ),
)  # fmt: skip
DISTINCT = tuple(habit.source for habit in HABITS if not habit.again)
