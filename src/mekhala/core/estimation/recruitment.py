"""Who recruited whom: the trees of a respondent-driven sample.

A CSV has one row for each person: ``id``, ``recruiter`` (empty: a seed, found by the survey
itself), ``degree`` (how many people of the population the person knows) and ``positive``.
Instead of ``recruiter`` it may hold ``coupon`` (the one the person came with; empty: a seed) and
``coupons`` (those given to the person, with spaces between).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekhala.core.estimation import cells
from mekhala.core.table_text import named_rows
from mekhala.core.wrong_input import WrongInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BY_RECRUITER = ("id", "recruiter", "degree", "positive")
BY_COUPON = ("id", "coupon", "coupons", "degree", "positive")


@dataclass(frozen=True, kw_only=True)
class Recruit:
    """One person of the sample; ``recruiter`` None is a seed, unknown degree or outcome None."""

    id: str
    recruiter: str | None
    degree: int | None
    positive: bool | None


@dataclass(frozen=True, kw_only=True)
class Recruitment:
    """The sample as arrays, people by wave and then by id, so that recruiters come first.

    ``parent`` is the place of the recruiter, -1 for a seed; ``seed`` the place of the seed each
    comes from; ``wave`` 0 for seeds. ``degree`` is NaN and ``trait`` -1 where unknown, else 0
    or 1.
    """

    people: tuple[Recruit, ...]
    parent: Ints
    wave: Ints
    seed: Ints
    degree: Floats
    trait: Ints

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Who has both a degree and an outcome, and so counts in an estimate."""
        usable: NDArray[np.bool_] = (self.trait >= 0) & np.isfinite(self.degree)
        return usable

    def data(self) -> list[tuple[object, ...]]:
        """What the estimate rests on, in order."""
        return [(p.id, p.recruiter, p.degree, p.positive) for p in self.people]


def read_recruits(text: str, name: str = "recruits") -> Recruitment:
    """Read a CSV by recruiter or by coupon; raises ``WrongInput`` naming file, row and column."""
    heads = text.partition("\n")[0]
    if "coupon" in heads and "recruiter" not in heads:
        rows = named_rows(text, name, BY_COUPON)
        givers = _givers(rows)
    else:
        rows = named_rows(text, name, BY_RECRUITER)
        givers = None
    return recruitment([_recruit(row, where, givers) for where, row in rows], name)


def _givers(rows: Sequence[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Who was given each coupon."""
    givers: dict[str, str] = {}
    for where, row in rows:
        for coupon in row["coupons"].split():
            if givers.setdefault(coupon, row["id"]) != row["id"]:
                raise WrongInput(
                    f"{where}, column coupons: {coupon!r} was given to {givers[coupon]!r} too; "
                    "expected each coupon once"
                )
    return givers


def _recruit(row: dict[str, str], where: str, givers: dict[str, str] | None) -> Recruit:
    if not row["id"]:
        raise WrongInput(f"{where}, column id: is empty; expected a number or a code")
    recruiter = row.get("recruiter", "")
    if givers is not None and row["coupon"]:
        if row["coupon"] not in givers:
            raise WrongInput(
                f"{where}, column coupon: {row['coupon']!r} was given to nobody; expected a "
                "coupon of another row's column coupons, or empty for a seed"
            )
        recruiter = givers[row["coupon"]]
    return Recruit(
        id=row["id"],
        recruiter=recruiter or None,
        degree=cells.people_if_known(row["degree"], f"{where}, column degree", least=1),
        positive=cells.answer(row["positive"], f"{where}, column positive"),
    )


def recruitment(recruits: Iterable[Recruit], name: str = "recruits") -> Recruitment:
    """Put the people in order, wave by wave; the order they came in changes nothing.

    Raises ``WrongInput`` for an id that is there twice, a recruiter who is not there, people who
    recruited each other in a circle, and a sample in which nobody recruited anybody.
    """
    by_id = _by_id(recruits, name)
    waves = _waves(by_id, name)
    people = tuple(sorted(by_id.values(), key=lambda p: (waves[p.id], p.id)))
    if not any(waves.values()):
        raise WrongInput(f"{name}: nobody was recruited by another; expected people with recruiter")
    place = {p.id: i for i, p in enumerate(people)}
    parent = np.array([place[p.recruiter] if p.recruiter else -1 for p in people])
    seed = np.arange(len(people))
    for i, up in enumerate(parent):
        seed[i] = seed[up] if up >= 0 else i
    found = Recruitment(
        people=people, parent=parent, seed=seed,
        wave=np.array([waves[p.id] for p in people]),
        degree=np.array([np.nan if p.degree is None else p.degree for p in people], dtype=float),
        trait=np.array([-1 if p.positive is None else int(p.positive) for p in people]),
    )  # fmt: skip
    if found.usable.sum() < 2:
        raise WrongInput(f"{name}: fewer than two people have a degree and an outcome")
    return found


def _by_id(recruits: Iterable[Recruit], name: str) -> dict[str, Recruit]:
    by_id: dict[str, Recruit] = {}
    for person in recruits:
        if person.id in by_id:
            raise WrongInput(f"{name}: id {person.id!r} is there twice; expected one row for each")
        if person.degree is not None and person.degree < 1:
            raise WrongInput(f"{name}: id {person.id!r} has degree {person.degree}; expected 1 up")
        by_id[person.id] = person
    for person in by_id.values():
        if person.recruiter is not None and person.recruiter not in by_id:
            raise WrongInput(
                f"{name}: id {person.id!r} was recruited by {person.recruiter!r}, who is not "
                "there; expected the id of another row, or empty for a seed"
            )
    return by_id


def _waves(by_id: dict[str, Recruit], name: str) -> dict[str, int]:
    """How many recruitments lie between each person and the seed."""
    waves: dict[str, int] = {}
    for start in by_id.values():
        path: list[Recruit] = []
        on_path: set[str] = set()
        at: Recruit | None = start
        while at is not None and at.id not in waves:
            if at.id in on_path:
                raise WrongInput(
                    f"{name}: id {at.id!r} comes from itself over its recruiters; expected trees "
                    "that begin with a seed"
                )
            path.append(at)
            on_path.add(at.id)
            at = by_id[at.recruiter] if at.recruiter is not None else None
        first = waves[at.id] + 1 if at is not None else 0
        waves.update({p.id: first + i for i, p in enumerate(reversed(path))})
    return waves
