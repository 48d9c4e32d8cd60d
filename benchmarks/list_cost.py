"""What the list of cases costs the database, for an officer with 600 people of 200,000.

The people, their meetings, screenings and grants are made in SQL, by chance from ``--seed``: each
case is open to who met the person, to one officer of the authority and to one registrar, and 600 of
them to the officer who is measured. Then the page is put together as ``/cases/`` does it, as the
role of the application with that officer acting, and the time its questions take is summed up.

    ./run bench list_cost --tries 200000
    ./run bench list_cost --mutants

``COST-LIST`` is the median of 20 pages, of the first or of the last, whichever costs more. In the
mutant row security alone finds the rows of the last page and nothing starts from the grants: what
the list would cost then.
"""

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from benchmarks import rows
from benchmarks.scratch import with_a_database

OPEN = 600  # cases open to the officer who is measured
TARGET_MS = 50
PAGES = 20
MUTANT_PAGES = 5
PER_OFFICER = 400  # cases of each of the other officers of a role
ME = "measured"

FILL = """
select setseed(%(seed)s);
select set_config('mekhala.maintenance', 'on', true);
insert into agencies_agency (code, name, name_km, kind, province_code, is_active)
  select 'bench-' || kind, kind, '', kind, '12', true
  from unnest(array['first_responder', 'competent_authority', 'social_affairs']) kind;
insert into access_officer (password, username, shown_as, agency_id, role, is_active)
  select '', role || n, role || n, a.id, role, true
  from (values ('first_responder', 'first_responder'), ('authority', 'competent_authority'),
      ('registrar', 'social_affairs')) r(role, kind)
    join agencies_agency a on a.code = 'bench-' || r.kind, generate_series(1, %(officers)s) n;
insert into access_officer (password, username, shown_as, agency_id, role, is_active)
  select '', %(me)s, 'The officer measured', a.id, 'authority', true
  from agencies_agency a where a.code = 'bench-competent_authority';
create temp table drawn on commit drop as
  select n, 'MK-' || lpad(n::text, 9, '0') as number, random() as luck,
    'first_responder' || 1 + floor(random() * %(officers)s) as met_by,
    'authority' || 1 + floor(random() * %(officers)s) as reader,
    'registrar' || 1 + floor(random() * %(officers)s) as registrar,
    now() - random() * interval '3650 days' as at
  from generate_series(1, %(people)s) n;
insert into encounter_case (number, opened_at, opened_by_id, agency_id, sex, age, age_certainty,
    nationality, language, closed_because, closed_despite)
  select d.number, d.at, o.id, o.agency_id, 'female', 20, 'known', 'KHM', 'km', '', '{}'
  from drawn d join access_officer o on o.username = d.met_by;
insert into encounter_encounter (case_id, met_at, met_by_id, agency_id, place_code, urgent_needs,
    not_screened_because)
  select d.number, d.at, o.id, o.agency_id, '120101', '{}', ''
  from drawn d join access_officer o on o.username = d.met_by;
insert into screening_screening (case_id, screened_by_id, screened_at, answers, profile,
    list_version, indicators, outcome, because)
  select d.number, o.id, d.at, '{}', '', '', '[]', 'refer', ''
  from drawn d join access_officer o on o.username = d.met_by;
insert into access_grant (file_number, officer_id, purpose, granted_by_id, granted_at, until,
    field_classes)
  select d.number, o.id, g.purpose, m.id, d.at, now() + interval '1 year',
    '{location,identity,narrative,open}'
  from drawn d join access_officer m on m.username = d.met_by,
    lateral (values ('first_contact', d.met_by), ('determination', d.reader),
      ('registration', d.registrar)) g(purpose, who)
    join access_officer o on o.username = g.who;
insert into access_grant (file_number, officer_id, purpose, granted_by_id, granted_at, until,
    field_classes)
  select d.number, me.id, 'determination', m.id, d.at, now() + interval '1 year',
    '{location,identity,narrative,open}'
  from (select * from drawn order by luck limit %(open)s) d
    join access_officer m on m.username = d.met_by, access_officer me
  where me.username = %(me)s;
"""


def main(argv: list[str] | None = None) -> int:
    """Fill and measure; 1 if the list does not stay under its target."""
    given = rows.options(argv, says=__doc__, full=200_000, quick=20_000)

    def act() -> int:
        fill(people=given.tries, open_to_me=OPEN, seed=given.seed)
        return mutants() if given.mutants else measure(people=given.tries, seed=given.seed)

    return with_a_database(act)


def fill(*, people: int, open_to_me: int, seed: int) -> None:
    """Make the country as the owner of the tables, and let the database count it."""
    from django.db import connection, transaction

    from mekhala.config import roles

    words = {
        "people": people, "open": open_to_me, "me": ME, "seed": seed % 1000 / 1000,
        "officers": max(1, people // PER_OFFICER),
    }  # fmt: skip
    roles.become(roles.OWNER)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL, words)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    roles.become(roles.APP)


def measure(*, people: int, seed: int) -> int:
    """Tell the cost of the list; return 0 if it is in time."""
    measured = _dearest(PAGES)
    return rows.tell(
        "COST-LIST", target=f"below {TARGET_MS} ms in the database, {OPEN} of {people:,} open",
        measured=f"{measured:.1f} ms, median of {PAGES}", passed=measured < TARGET_MS, seed=seed,
    )  # fmt: skip


def mutants() -> int:
    """Let row security alone find the rows; the list must be in time, and this must not."""
    with_grants = _dearest(PAGES)
    without = statistics.median(cost_of(the_mutant, MUTANT_PAGES))
    print(f"{with_grants:.1f} ms; from row security alone {without:.1f} ms", file=sys.stderr)
    return rows.tell_mutant(
        "COST-LIST", "row security alone finds the rows", red=with_grants < TARGET_MS <= without
    )


def _dearest(times: int) -> float:
    return max(statistics.median(cost_of(page, times)) for page in (the_list, the_end))


def cost_of(page: Callable[[Any], int], times: int) -> list[float]:
    """Return the milliseconds the database took for each of ``times`` pages, after a first one."""
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.models import Officer

    me = Officer.objects.get(username=ME)
    costs = []
    for _turn in range(times + 1):
        with acting_for(me.pk), _timed() as clock:
            shown = page(me)
        assert shown > 0, "the list is empty"
        costs.append(clock.milliseconds)
    return costs[1:]


class _Clock:
    """Sums up how long the questions to the database take."""

    milliseconds = 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.milliseconds += (time.perf_counter() - begin) * 1000


class _timed(AbstractContextManager[_Clock]):  # noqa: N801 - reads as a verb
    def __enter__(self) -> _Clock:
        from django.db import connection

        clock = _Clock()
        self.wrapper = connection.execute_wrapper(clock)
        self.wrapper.__enter__()
        return clock

    def __exit__(self, *error: Any) -> None:
        self.wrapper.__exit__(*error)


def the_list(me: Any) -> int:
    """Put the first page of ``/cases/`` together; return how many rows it has."""
    from django.utils import timezone

    from mekhala.web.casework.cases.listing import page_of

    return len(page_of(me, now=timezone.now(), page=None, show="").rows)


def the_end(me: Any) -> int:
    """Put the last page together; return how many rows it has."""
    from django.utils import timezone

    from mekhala.web.casework.cases.listing import PAGE, page_of

    last = str(-(-OPEN // PAGE))
    return len(page_of(me, now=timezone.now(), page=last, show="").rows)


def the_mutant(_me: Any) -> int:
    """Ask for the rows of the last page without starting from the grants."""
    from mekhala.pathway.determination.queries import ways
    from mekhala.pathway.encounter.models import Case
    from mekhala.web.casework.cases.listing import PAGE

    found = list(Case.objects.order_by("-opened_at", "number")[OPEN - PAGE : OPEN + 1])
    return len(ways(case.number for case in found[:PAGE]))


if __name__ == "__main__":
    raise SystemExit(main())
