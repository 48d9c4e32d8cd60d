"""Answers on leaving for work: taken as a file of counts, told as shares of who was asked.

Each row of the file is one answer of one group: topic, answer, sex, home, asked, said. A later
file takes the place of the earlier one, which stays. Intervals are Wilson's and take people as
asked one by one; where they were met in groups, they are too narrow, and the page says so.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys import policies
from mekhala.population.surveys.leaving import ANSWERS, Home, OfSex, Said, Topic
from mekhala.population.surveys.models import AnswerCount, AskedCount, Round
from mekhala.population.surveys.shares import LEVEL
from mekhala.safeguards.audit import services as audit

if TYPE_CHECKING:
    from mekhala.core.estimation.estimate import Estimate
    from mekhala.safeguards.access.models import Officer

COLUMNS = ("topic", "answer", "sex", "home", "asked", "said")
CODES = {"topic": Topic.values, "answer": Said.values, "sex": OfSex.values, "home": Home.values}
FEWEST = 10  # people asked one by one, before anything of what they said is told
GROUPS = ("all", "rural_women", "other_women", "men")
type Key = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Told:
    """One answer by group: said, of how many asked, and the share; no share where nobody was."""

    topic: Topic
    answer: Said
    groups: dict[str, tuple[int, int, "Estimate | None"]]


@transaction.atomic
def load_answers(
    *, of: Round, text: str, file_name: str, by: "Officer", at: datetime
) -> int:  # fmt: skip
    """Take a file of answers whole, as the next version of the round's; return how many rows.

    Raises ``ActRefused`` for who does not work the survey, ``WrongInput`` naming row and column.
    """
    policies.check_may_enter(by, of.frame)
    locked = Round.objects.select_for_update(of=("self",)).get(pk=of.pk)
    rows = _read(text.removeprefix("\ufeff"), file_name)
    before = AnswerCount.objects.filter(round=locked).aggregate(last=Max("version"))["last"] or 0
    AnswerCount.objects.bulk_create(
        AnswerCount(round=locked, version=before + 1, topic=key[0], answer=key[1], sex=key[2],
                    home=key[3], asked=asked, said=said, recorded_at=at)
        for key, (asked, said) in rows.items()
    )  # fmt: skip
    digest = hashlib.sha256(text.encode()).hexdigest()
    audit.record("surveys.answers_loaded", subject=of, by=by, at=at, rows=len(rows),
                 version=before + 1, file_sha256=digest)  # fmt: skip
    return len(rows)


def told(of: Round) -> list[Told]:
    """Return each answer of the latest file and of people asked one by one, added, by group."""
    last = AnswerCount.objects.filter(round=of).aggregate(last=Max("version"))["last"]
    found: defaultdict[tuple[str, str], list[AnswerCount | AskedCount]] = defaultdict(list)
    rows: list[AnswerCount | AskedCount] = [*_one_by_one(of)]
    rows += AnswerCount.objects.filter(round=of, version=last)
    for row in rows:
        found[row.topic, row.answer].append(row)
    return [
        Told(topic=topic, answer=answer,
             groups={group: _share(r for r in found[topic, answer] if _is_of(r, group))
                     for group in GROUPS})
        for topic in Topic for answer in Said if (topic, answer) in found
    ]  # fmt: skip


def _one_by_one(of: Round) -> list[AskedCount]:
    """Return the counts of people asked one by one; none while so few that one may be known."""
    kept = list(AskedCount.objects.filter(round=of))
    people = sum(row.asked for row in kept if row.answer == Said.LEFT)
    return kept if people >= FEWEST else []


def _is_of(row: AnswerCount | AskedCount, group: str) -> bool:
    if group == "all":
        return True
    if group == "men":
        return row.sex == OfSex.MALE
    rural = row.home == Home.RURAL
    return row.sex == OfSex.FEMALE and rural == (group == "rural_women")


def _share(rows: Iterable[AnswerCount | AskedCount]) -> "tuple[int, int, Estimate | None]":
    from mekhala.core.estimation.proportion import proportion

    kept = list(rows)
    said, asked = sum(r.said for r in kept), sum(r.asked for r in kept)
    return said, asked, proportion(positive=said, screened=asked, level=LEVEL) if asked else None


def _read(text: str, name: str) -> dict[Key, tuple[int, int]]:
    if "\0" in text:
        raise WrongInput(_("%(file)s: is not text; expected a CSV file in UTF-8") % {"file": name})
    found: dict[Key, tuple[int, int]] = {}
    asked_of: dict[tuple[str, str, str], int] = {}
    for where, cells in named_rows(text, name, COLUMNS):
        key, asked, said = _key(cells, where), _people(cells, "asked", where), _people(
            cells, "said", where
        )  # fmt: skip
        if key in found:
            raise WrongInput(_("%(where)s: stands in the file twice") % {"where": where})
        if said > asked or asked_of.setdefault((key[0], key[2], key[3]), asked) != asked:
            said_of = _("%(where)s: expected as many asked in each row of a question and group, and"
                        " no more who said it")  # fmt: skip
            raise WrongInput(said_of % {"where": where})
        found[key] = (asked, said)
    if not found:
        raise WrongInput(_("%(file)s: holds no row") % {"file": name})
    _check_whole(found, name)
    return found


def _check_whole(found: Iterable[Key], name: str) -> None:
    """Refuse a file in which a group lacks an answer others have: its people would not count."""
    by_group: defaultdict[str, defaultdict[tuple[str, str], set[str]]]
    by_group = defaultdict(lambda: defaultdict(set))
    for topic, answer, sex, home in found:
        by_group[topic][sex, home].add(answer)
    for topic, groups in by_group.items():
        if len({frozenset(given) for given in groups.values()}) > 1:
            said = _("%(file)s: %(topic)s: expected a row of each answer for each group; 0 where"
                     " nobody said it")  # fmt: skip
            raise WrongInput(said % {"file": name, "topic": topic})


def _key(cells: dict[str, str], where: str) -> Key:
    for column, known in CODES.items():
        if cells[column] not in known:
            said = _("%(where)s, column %(column)s: is not known; expected one of %(known)s")
            raise WrongInput(said % {"where": where, "column": column, "known": ", ".join(known)})
    if cells["answer"] not in ANSWERS[cells["topic"]]:
        said = _("%(where)s, column answer: is no answer to that question")
        raise WrongInput(said % {"where": where})
    return cells["topic"], cells["answer"], cells["sex"], cells["home"]


def _people(cells: dict[str, str], column: str, where: str) -> int:
    given = cells[column]
    if given.isascii() and given.isdigit() and len(given) <= 6:
        return int(given)
    said = _("%(where)s, column %(column)s: %(given)s is not a whole number of people, 0 or more")
    raise WrongInput(said % {"where": where, "column": column, "given": repr(given)})
