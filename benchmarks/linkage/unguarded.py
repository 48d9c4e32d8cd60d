"""What is taken out of ``mekhala link``, a guard at a time, to see that its proof notices.

Each is done in the process that links (``benchmarks.linkage.ablation``), before anything else.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any


def _rivals_ignored() -> None:
    from mekhala.core.matching.linker import rivals

    rivals.RIVALS = {"rivalled": "select 0 as one, 0 as other, 0.0 as odds limit 0"}
    rivals.DROPPED_AFTER = {}


def _relatives_taken_for_one() -> None:
    from mekhala.core.matching.linker import linking
    from mekhala.core.matching.linker.model import default_model

    given = default_model()
    nothing = tuple(replace(level, m=1.0, u=1.0) for level in given.comparisons["relatives"])
    unaware = replace(given, comparisons={**given.comparisons, "relatives": nothing})
    linking.default_model = lambda: unaware


def _twins_taken_for_strangers() -> None:
    from mekhala.core.matching.linker import twins

    twins.TWINS = 0.0


def _taken_at_its_word() -> None:
    from mekhala.core.matching.linker import linking
    from mekhala.core.matching.linker.model import default_model

    untempered = replace(default_model(), temper=1.0, calibration=())
    linking.default_model = lambda: untempered


def _distinct_ignored() -> None:
    from mekhala.core.matching.linker import linking

    with_lists = linking.link_raw

    def link_raw(con: Any, **how: Any) -> Any:
        return with_lists(con, **{**how, "distinct": ()})

    linking.link_raw = link_raw


def _joined_however() -> None:
    from mekhala.core.matching.linker.clusters import Groups

    join = Groups.join

    def whatever(self: Groups, one: int, other: int) -> bool:
        self.lists = {head: set[int]() for head in self.lists}
        for record in (one, other):
            self.lists[self._head(record)] = set()
        return join(self, one, other)

    Groups.join = whatever


def _everybody_looked_for() -> None:
    from mekhala.core.matching.linker import prepared, tables

    prepared.is_linkable = lambda *_said: True
    tables.LINKABLE, tables.VAGUE = "true", "false"


def _vague_compared() -> None:
    from mekhala.core.matching.linker import tables

    tables.VAGUE = "false"


def _blocks_of_any_size() -> None:
    from mekhala.core.matching.linker import blocking, pairs

    pairs.RULES = tuple(replace(rule, most=10**9, unless=()) for rule in blocking.RULES)


GUARDS: Mapping[str, Callable[[], None]] = {
    "rivals are ignored": _rivals_ignored,
    "relatives and namesakes take nothing back": _relatives_taken_for_one,
    "twins are taken for strangers": _twins_taken_for_strangers,
    "evidence is added up untempered": _taken_at_its_word,
    "that a list holds each person once is ignored": _distinct_ignored,
    "a person may be twice on such a list": _joined_however,
    "records that say too little are looked for": _everybody_looked_for,
    "vague records are compared with each other": _vague_compared,
    "blocks of any size are compared": _blocks_of_any_size,
}
