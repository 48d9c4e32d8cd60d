"""Drawing who is who: partitions of the records into people, from how likely pairs are one person.

A partition is as likely as the product of the odds ``p / (1 - p)`` of the pairs it joins; a pair
that was not handed over has the odds of ``UNLISTED``, and two records of a list that holds each
person once are never joined. So drawn, one person is one block of records: no chain of pairs is
left half joined. Records hang together in blocks; a lone pair is joined with exactly its ``p``,
blocks of up to seven records are drawn exactly from all their partitions, and larger ones by Gibbs
steps that place one record at a time (Sadinle 2014, Annals of Applied Statistics 8: 2404-2434).
What a linker joined without handing over any chain of pairs is taken as sure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from mekhala.core.estimation.design import Floats
from mekhala.core.estimation.link_records import Links, Places
from mekhala.core.wrong_input import WrongInput

UNLISTED = 0.25  # below the 0.5 from which linkers hand pairs over
SURE = 1e-9  # no pair is surer than this, so that every weight stays finite
EXACT = 7  # records: 877 partitions
LARGEST = 1500
NEVER = -1e6  # log odds of two records that cannot be one person


@dataclass(frozen=True, kw_only=True, eq=False)
class Blocks:
    """Records that hang together: ``lone`` are those with nobody (n), ``twos`` pairs of records
    (m x 2) with ``chance`` (m), ``larger`` the places of records of every larger block.
    """

    lone: Places
    twos: Places
    chance: Floats
    larger: tuple[Places, ...]


def draw_tables(links: Links, *, draws: int, seed: int, unlisted: float = UNLISTED) -> Floats:
    """Return D x W counts by exactly which lists people are on, in the cells of ``design``.

    Each row is the table of one partition, drawn anew. Deterministic for a ``seed``.
    """
    rng = np.random.default_rng(seed)
    pairs, odds = _with_sure(links)
    blocks = _blocks(links, pairs, odds)
    mask = 1 << (len(links.sources) - 1 - links.source)
    cells = 2 ** len(links.sources)
    counts = np.tile(np.bincount(mask[blocks.lone], minlength=cells), (draws, 1))
    first, second = mask[blocks.twos[:, 0]], mask[blocks.twos[:, 1]]
    for draw in range(draws):
        one = rng.random(len(first)) < blocks.chance
        people = np.concatenate([(first | second)[one], first[~one], second[~one]])
        counts[draw] += np.bincount(people, minlength=cells)
    inside = _of_blocks(links, pairs, odds, blocks.larger, unlisted)
    for records, log_odds in inside:
        counts += _drawn(
            mask[records], log_odds, person=links.person[records], cells=cells, draws=draws, rng=rng
        )
    return counts[:, 1:].astype(float)


def _with_sure(links: Links) -> tuple[Places, Floats]:
    """Pairs and their log odds, with a sure pair where people.csv joins what no chain does."""
    chance = np.clip(links.probability, SURE, 1 - SURE)
    odds = np.log(chance / (1 - chance))
    many = len(links.person)
    same = links.person[links.pairs[:, 0]] == links.person[links.pairs[:, 1]]
    chain = _components(links.pairs[same], many)
    heads = np.unique(chain, return_index=True)[1]  # the first record of each chain
    heads = heads[np.lexsort((heads, links.person[heads]))]
    joined = links.person[heads[:-1]] == links.person[heads[1:]]
    extra = np.sort(np.column_stack([heads[:-1], heads[1:]])[joined], axis=1)
    sure = np.full(len(extra), np.log((1 - SURE) / SURE))
    pairs, odds = np.vstack([links.pairs, extra]), np.append(odds, sure)
    alike = links.source[pairs[:, 0]] == links.source[pairs[:, 1]]
    never = alike & np.isin(links.source[pairs[:, 0]], list(links.distinct))
    return pairs[~never], odds[~never]


def _components(pairs: Places, many: int) -> Places:
    edges = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(many, many))
    found: Places = connected_components(edges, directed=False)[1].astype(np.intp)
    return found


def _blocks(links: Links, pairs: Places, odds: Floats) -> Blocks:
    block = _components(pairs, len(links.person))
    size = np.bincount(block)
    if size.max() > LARGEST:
        raise WrongInput(
            f"pairs: {size.max()} records hang together by likely pairs; expected at most "
            f"{LARGEST}, so hand over only likelier pairs (--review-from of the linker)"
        )
    of_two = size[block[pairs[:, 0]]] == 2
    order = np.argsort(block, kind="stable")
    held = np.split(order, np.cumsum(size)[:-1])
    return Blocks(
        lone=order[size[block[order]] == 1], twos=pairs[of_two],
        chance=1 / (1 + np.exp(-odds[of_two])),
        larger=tuple(records for records in held if len(records) > 2),
    )  # fmt: skip


def _of_blocks(
    links: Links, pairs: Places, odds: Floats, larger: tuple[Places, ...], unlisted: float
) -> Iterator[tuple[Places, Floats]]:
    """Each larger block with the log odds of every two of its records (n x n)."""
    place = np.full(len(links.person), -1)
    within = np.full(len(links.person), -1)
    for at, records in enumerate(larger):
        place[records], within[records] = at, np.arange(len(records))
    number = place[pairs[:, 0]]
    order = np.argsort(number, kind="stable")
    ends = np.searchsorted(number[order], np.arange(len(larger) + 1))
    once = np.isin(links.source, list(links.distinct))
    for at, records in enumerate(larger):
        own = order[ends[at] : ends[at + 1]]
        log_odds = np.full((len(records), len(records)), np.log(unlisted / (1 - unlisted)))
        i, j = within[pairs[own, 0]], within[pairs[own, 1]]
        log_odds[i, j] = log_odds[j, i] = odds[own]
        alike = links.source[records][:, None] == links.source[records]
        log_odds[alike & once[records]] = NEVER
        np.fill_diagonal(log_odds, 0.0)
        yield records, log_odds


def _drawn(
    mask: Places, log_odds: Floats, *, person: Places, cells: int, draws: int,
    rng: np.random.Generator,
) -> Places:  # fmt: skip
    """D x cells: people of one block by the lists they are on, in each draw."""
    if len(mask) <= EXACT:
        every = _partitions(len(mask))
        joined = every[:, :, None] == every[:, None, :]
        weight = np.einsum("pij,ij->p", joined, log_odds) / 2
        chance = np.exp(weight - weight.max())
        picked = rng.choice(len(every), size=draws, p=chance / chance.sum())
        labels = every
    else:
        from mekhala.core.estimation.gibbs import BETWEEN, BURN, place_records

        chances = rng.random((BURN + draws * BETWEEN, len(mask)))
        start = np.arange(len(mask)) if len(set(person)) == len(person) else _compact(person)
        labels = place_records(log_odds, start, chances, draws)
        picked = np.arange(draws)
    return _cells(labels, mask, cells)[picked]


def _compact(person: Places) -> Places:
    return np.unique(person, return_inverse=True)[1].astype(np.intp)


def _cells(labels: Places, mask: Places, cells: int) -> Places:
    """For each row of labels, how many people are on exactly which lists."""
    rows, many = labels.shape
    lists = np.zeros((rows, many), dtype=np.intp)
    for record in range(many):
        lists[np.arange(rows), labels[:, record]] |= mask[record]
    flat = (np.arange(rows)[:, None] * cells + lists).ravel()
    counts = np.bincount(flat, minlength=rows * cells).reshape(rows, cells)
    counts[:, 0] = 0  # labels nobody has
    return counts


@cache
def _partitions(many: int) -> Places:
    """Every partition of ``many`` records, as labels in order of first appearance."""
    rows = [[0]]
    for _ in range(many - 1):
        rows = [[*row, label] for row in rows for label in range(max(row) + 2)]
    return np.array(rows, dtype=np.intp)
