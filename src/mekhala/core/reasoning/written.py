"""The answers of ``assess`` as JSON text, an object at a time.

The text of an offence is kept with its outcome, so an array of thousands of cases costs little
more than the cases that differ. What is written is what ``assess`` answers, word for word.
"""

import json
from collections.abc import Iterator

from mekhala.core.reasoning.assess import answer_for, answer_of, weigh
from mekhala.core.reasoning.case import Case, read_cases


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
    """Write one answer, its offences last: their text is at hand."""
    if explain:
        return json.dumps(answer_for(case, explain=True), ensure_ascii=False)
    weighed = weigh(case)
    answer = answer_of(case, weighed)
    offences = ", ".join(offence.in_json for offence in weighed.offences)
    return f'{json.dumps(answer, ensure_ascii=False)[:-1]}, "offences": [{offences}]}}'
