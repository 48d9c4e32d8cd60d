"""Linkage runs in review, as the linker leaves them. Nobody in their lists is real."""

import json

from django.db import connection
from django.utils import timezone

from mekhala.core.matching.linker.model import default_model
from mekhala.population.linkage.models import LinkageRun
from mekhala.population.linkage.runs import asking, linking, working
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.population.linkage.runs.spool import spooled
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_lists import sealed_list
from tests.builders_population import statistician

PLANTED = ("Qwersomaly", "Zxtep", "កើវស្រីមុំ", "Qwerpoipet")


def person(n, **more):
    """Return the n-th invented person of a list."""
    return {
        "record_id": str(n), "full_name": f"Zxtep Qwersomaly {chr(97 + n % 26)}", "sex": "f",
        "birth_year": str(1970 + n % 40), "name_km": "កើវស្រីមុំ", "place_text": "Qwerpoipet",
        "event_date": f"{2019 + n % 4}-05-01",
    } | more  # fmt: skip


def two_lists(*, pairs=3, by, stages=("identified", "charged")):
    """Return two sealed lists of ``pairs`` people each, complete; ``by`` is acting."""
    made = []
    for source, stage in zip(("shelter", "police"), stages, strict=True):
        one = sealed_list([person(n) | {"source": source} for n in range(pairs)], source=source)
        one.stage, one.months = stage, {f"{year}-05": 1 for year in range(2019, 2026)}
        one.save()
        made.append(one)
    return made


def in_review(*, pairs=3, by=None, probability=0.7, people=None):
    """Return a run whose ``pairs`` uncertain pairs join the n-th records of two lists."""
    by = by or statistician()
    with acting_for(by.pk):
        lists = two_lists(pairs=pairs, by=by)
        run = asking.ask_run([one.pk for one in lists], by=by, at=timezone.now())
    taken = working._take_in_hand(run, at=timezone.now())
    with spooled(taken.number) as spool:
        working._open(taken, spool, at=timezone.now())
        found = _found(taken, spool, probability)
    figures = {"records": 2 * pairs, "people": 2 * pairs, "pairs": pairs, "unlinkable": 0}
    done = working._keep(taken, found, figures, at=timezone.now())
    return LinkageRun.objects.get(pk=done.pk)


def _found(run, spool, probability):
    sources, years = {}, {}
    records = [int(r["record_id"]) for r in linking._noted(spool, sources, years)]
    half = len(records) // 2
    together = list(zip(records[:half], records[half:], strict=True))
    chances = [(pair, probability) for pair in together]
    uncertain = [pair for pair, chance in chances if chance < run.threshold]
    people = {record: n for n, record in enumerate(records, start=1)}
    if not uncertain:
        people |= {right: people[left] for left, right in together}
    return linking.Found(
        pairs=chances, people=people, sources=sources, years=years,
        levels=linking._levels(spool, uncertain, default_model()),
        model=default_model().dumps(), unlinkable=0,
    )  # fmt: skip


def registrar(at=None):
    """Return an invented registrar of a ministry of social affairs."""
    return officer(Role.REGISTRAR, at=at or agency(AgencyKind.SOCIAL_AFFAIRS))


def reviewers(run, count=2, *, at=None):
    """Return ``count`` registrars named for the run, each of another agency unless one is given."""
    made = [registrar(at) for _ in range(count)]
    with acting_for(run.asked_by_id):
        for one in made:
            acts.name_reviewer(run, one, by=run.asked_by, at=timezone.now())
    return made


def says(run, who, said, **more):
    """Let a reviewer read the next pair and say this of it; return the pair's number."""
    from mekhala.population.linkage.runs import queries

    with acting_for(who.pk):
        pair = queries.next_pair(run).review_pair
        acts.answer(run, pair, said, by=who, at=timezone.now(), **more)
    return pair


def outcomes(run):
    """Return how far each pair is and what was said together, read as the tables' owner does."""
    asked = f"""select json_agg(json_build_array(state, outcome) order by place)::text
      from linkage_reviewpair where run_id = {run.pk}"""
    with connection.cursor() as cursor:
        statement = f"select set_config('tests.told', ({asked}), false)"
        cursor.execute("select tests.as_owner(%s)", [statement])
        cursor.execute("select current_setting('tests.told')")
        return [tuple(row) for row in json.loads(cursor.fetchone()[0])]
