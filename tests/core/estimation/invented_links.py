"""Invented people on lists, and a linker whose probabilities are right."""

import numpy as np

from mekhala.core.estimation.link_records import read_links

UNSURE = (0.5, 0.7, 0.9)


def linked_lists(people, rates, *, unsure, seed, distinct=True, threshold=0.95):
    """``unsure`` is the share of true pairs with a probability of 0.5, 0.7 or 0.9, others 0.99.

    For every p there are as many false pairs as make a share p of its pairs true. ``person_id`` is
    what a linker gives that joins all pairs at or above ``threshold``.
    """
    rng = np.random.default_rng(seed)
    met = rng.random((people, len(rates))) < np.array(rates)
    records = [(f"r{i}", f"l{k}", int(p)) for i, (p, k) in enumerate(np.argwhere(met))]
    by_person = {}
    for place, (_, _, person) in enumerate(records):
        by_person.setdefault(person, []).append(place)
    pairs = {
        (i, j): None for held in by_person.values() for i in held for j in held if i < j
    }  # fmt: skip
    chance = np.where(rng.random(len(pairs)) < unsure, rng.choice(UNSURE, len(pairs)), 0.99)
    pairs = dict(zip(pairs, chance.tolist(), strict=True))
    for p in (*UNSURE, 0.99):
        false = rng.binomial(round(sum(c == p for c in pairs.values()) / p), 1 - p)
        while false:
            i, j = sorted(int(n) for n in rng.integers(len(records), size=2))
            if records[i][1] != records[j][1] and (i, j) not in pairs:
                pairs[i, j] = p
                false -= 1
    return _read(records, pairs, threshold, distinct, len(rates))


def _read(records, pairs, threshold, distinct, lists):
    label = list(range(len(records)))
    for (i, j), chance in pairs.items():
        if chance >= threshold:
            old, new = label[j], label[i]
            label = [new if one == old else one for one in label]
    people = "record_id,source,person_id\n" + "".join(
        f"{name},{source},{label[i]}\n" for i, (name, source, _) in enumerate(records)
    )
    told = "left,right,probability\n" + "".join(
        f"{records[i][0]},{records[j][0]},{chance}\n" for (i, j), chance in pairs.items()
    )
    return read_links(people, told, distinct=[f"l{k}" for k in range(lists)] if distinct else ())
