"""The answers of ``assess`` as JSON text, an object at a time.

The text of an offence is kept with its outcome, so an array of thousands of cases costs little
more than the cases that differ. What is written is what ``assess`` answers, word for word.
"""

from collections.abc import Iterator
from functools import lru_cache

from mekhala.core.law.statute import Article
from mekhala.core.reasoning.assess import answer_for, outlined, rest_of_answer, weigh
from mekhala.core.reasoning.case import Case, read_cases
from mekhala.core.reasoning.json_text import json_text


def answers_in_json(document: object, *, explain: bool = False) -> Iterator[str]:
    """Return the pieces of one JSON document: the answer to one object or to an array.

    Every case is read before this returns, so a wrong one leaves nothing half written:
    ``WrongInput`` is raised here and not while the pieces are taken.
    """
    read = read_cases(document)
    if isinstance(read, Case):
        return iter((_written(read, explain=explain), "\n"))
    return _listed(read, explain=explain)


def _listed(cases: list[Case], *, explain: bool) -> Iterator[str]:
    """Yield an array, an object a line."""
    yield "["
    for i, case in enumerate(cases):
        yield ",\n" if i else "\n"
        yield _written(case, explain=explain)
    yield "\n]\n"


def _written(case: Case, *, explain: bool) -> str:
    """Write one answer, first what is composed of pieces that many cases share."""
    if explain or case.sources:
        return json_text(answer_for(case, explain=explain))
    weighed = weigh(case)
    offences = ", ".join(offence.in_json for offence in weighed.offences)
    not_assessed = _outlines_in_json(weighed.outlines)
    return (
        f'{{"case": {json_text(case.name)}, "palermo": {weighed.palermo.in_json}, '
        f'"offences": [{offences}], "not_assessed": {not_assessed}, '
        f"{json_text(rest_of_answer(case, weighed))[1:]}"
    )


@lru_cache(maxsize=1000)
def _outlines_in_json(outlines: tuple[Article, ...]) -> str:
    return json_text([outlined(article) for article in outlines])
