"""Who is the same person, by exact agreement on keys that agencies turn into tokens.

A key is made of what a record says for certain. Where a part is unknown there is no key,
so that what is unknown never agrees with anything, another unknown least of all. Tokens
are keyed hashes, made by whoever holds the key: whoever counts overlaps sees neither names nor
numbers, and cannot try names out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mekhala.core.estimation.tables import OverlapTable, from_counts
from mekhala.core.names.dates import read_birth
from mekhala.core.names.normal import full_name, is_latin, normal_text
from mekhala.core.wrong_input import WrongInput

SHORTEST_ID = 6  # shorter numbers are file numbers, not national identity numbers
BETWEEN = "\x1f"  # the unit separator stands in no normalised text
SEXES = {
    "female": {"f", "female", "woman", "girl", "ស្រី", "នារី", "หญิง", "nữ"},
    "male": {"m", "male", "man", "boy", "ប្រុស", "บុរស", "ชาย", "nam"},
    "other": {"other", "o", "ផ្សេងទៀត"},
}


type Turn = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, order=True)
class Key:
    """One exact statement about a person: its kind, and its parts in one written form."""

    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A record with nothing left of it but its tokens."""

    record_id: str
    source: str
    tokens: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The records taken for one person, as (source, record_id), in order."""

    person_id: str
    records: tuple[tuple[str, str], ...]

    @property
    def sources(self) -> frozenset[str]:
        """The lists the person is on."""
        return frozenset(source for source, _ in self.records)


def keys_of(record: Mapping[str, str]) -> frozenset[Key]:
    """The keys of a record with the columns of ``records.COLUMNS``, missing ones unknown.

    ``national_id`` alone; and a whole name in native or Latin script with birth year and
    sex. An approximate year ("about 1991") or an age is not a known birth year.

    >>> born = {"birth_year": "1991", "sex": "f"}
    >>> sorted(key.kind for key in keys_of(born | {"full_name": "Sok Dara"}))
    ['name_latin']
    >>> keys_of({"full_name": "Sok Dara", "birth_year": "about 1991", "sex": "f"})
    frozenset()
    """
    found = {Key("national_id", number)} if (number := national_id(record)) else set()
    year, sex = _birth_year(record), sex_of(record.get("sex"))
    if year is None or sex is None:
        return frozenset(found)
    for name in _names(record):
        kind = "name_latin" if is_latin(name) else "name_native"
        found.add(Key(kind, BETWEEN.join((name, str(year), sex))))
    return frozenset(found)


def tokens_of(records: Sequence[Mapping[str, str]], turn: Turn) -> list[frozenset[str]]:
    """Return the tokens of each record's keys. ``turn`` is called once, with every distinct key.

    It turns strings into keyed tokens, one for one; who holds the key is no matter here.
    """
    keys = [keys_of(record) for record in records]
    distinct = sorted({key for found in keys for key in found})
    made = turn([written(key) for key in distinct]) if distinct else []
    tokens = dict(zip(distinct, made, strict=True))
    return [frozenset(tokens[key] for key in found) for found in keys]


def written(key: Key) -> str:
    """Return a key as the string a token is made of."""
    return f"{key.kind}{BETWEEN}{key.value}"


def join(entries: Iterable[Entry]) -> tuple[Cluster, ...]:
    """Join entries that share a token, and those they share one with, into persons.

    The order of the entries does not matter. Raises ``WrongInput`` for an entry given twice.
    """
    tokens: dict[tuple[str, str], frozenset[str]] = {}
    for entry in entries:
        name = entry.source, entry.record_id
        if name in tokens:
            raise WrongInput(f"entry {entry.record_id!r} of {entry.source} is there twice")
        tokens[name] = entry.tokens
    above = {name: name for name in tokens}
    first: dict[str, tuple[str, str]] = {}
    for name in sorted(tokens):
        for shared in tokens[name]:
            _unite(above, first.setdefault(shared, name), name)
    return _numbered(above)


def overlaps(clusters: Iterable[Cluster]) -> OverlapTable:
    """How many persons are on exactly which sources. Raises ``WrongInput`` below two sources."""
    clusters = list(clusters)
    lists = sorted({source for cluster in clusters for source in cluster.sources})
    if len(lists) < 2:
        raise WrongInput(f"records: come from {len(lists)} sources; expected two or more")
    held = Counter(tuple(int(name in c.sources) for name in lists) for c in clusters)
    return from_counts(lists, held)


def _numbered(above: dict[tuple[str, str], tuple[str, str]]) -> tuple[Cluster, ...]:
    """The groups, numbered by their first record."""
    groups: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(above):
        groups[_top(above, name)].append(name)
    ordered = sorted(tuple(group) for group in groups.values())
    return tuple(
        Cluster(person_id=f"person-{number}", records=group)
        for number, group in enumerate(ordered, start=1)
    )


def _top(above: dict[tuple[str, str], tuple[str, str]], name: tuple[str, str]) -> tuple[str, str]:
    """The head of a name's group, shortening the way there."""
    while above[name] != name:
        above[name] = above[above[name]]
        name = above[name]
    return name


def _unite(
    above: dict[tuple[str, str], tuple[str, str]], one: tuple[str, str], other: tuple[str, str]
) -> None:
    heads = sorted((_top(above, one), _top(above, other)))
    above[heads[1]] = heads[0]


def national_id(record: Mapping[str, str]) -> str | None:
    """Letters and digits only; None for what stands in for a number (000000000).

    >>> national_id({"national_id": "KH-010 203"}), national_id({"national_id": "000000"})
    ('kh010203', None)
    """
    number = (normal_text(record.get("national_id")) or "").replace(" ", "")
    usable = len(number) >= SHORTEST_ID and re.search(r"\d", number) and len(set(number)) > 1
    return number if usable else None


def _birth_year(record: Mapping[str, str]) -> int | None:
    """The year both columns agree on, or the only one written; None where they disagree."""
    read = [read_birth(record.get(column)) for column in ("birth_date", "birth_year")]
    years = {birth.year for birth in read if birth and not birth.about}
    return years.pop() if len(years) == 1 else None


def sex_of(text: str | None) -> str | None:
    """One of ``SEXES`` for what is written, None where it is none of its words.

    >>> sex_of("ស្រី"), sex_of("F"), sex_of("?")
    ('female', 'female', None)
    """
    plain = normal_text(text)
    return next((sex for sex, words in SEXES.items() if plain in words), None)


def _names(record: Mapping[str, str]) -> set[str]:
    """Every whole name: as one, of its two parts, and in Khmer."""
    parts = [record.get(column) for column in ("family_name", "given_name")]
    joined = " ".join(p or "" for p in parts) if all(map(normal_text, parts)) else None
    written = (record.get("full_name"), joined, record.get("name_km"))
    return {name for text in written if (name := full_name(text))}
