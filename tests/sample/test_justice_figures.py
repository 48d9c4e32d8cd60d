"""The flaws of the invented courts lie at known rates; what the pages show finds them again."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from mekhala.config import roles
from mekhala.core.cohorts.quality import warning_shares
from mekhala.core.estimation.binomial import wilson
from mekhala.core.reasoning.fair_trial.review import review
from mekhala.core.sentencing.describing import by_group
from mekhala.pathway.evidence import custody
from mekhala.pathway.evidence import queries as evidence
from mekhala.pathway.evidence.custody import Gap
from mekhala.pathway.evidence.models import Basis, Disclosed
from mekhala.pathway.incidents.queries import patterns
from mekhala.pathway.justice import fairness
from mekhala.pathway.justice.models import Charge, Proceeding, Verdict
from mekhala.pathway.justice.queries import for_review
from mekhala.pathway.redress import queries as redress
from mekhala.pathway.redress.models import Measure, Owed
from mekhala.population.courts import queries as courts
from mekhala.safeguards.access import held
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from mekhala.sample import incidents_told
from mekhala.sample.accused import JusticeRows
from mekhala.sample.cases import CaseRows
from mekhala.sample.cast import put_in_place
from mekhala.sample.evidence_kept import RATES as EVIDENCE
from mekhala.sample.flaws import RATES as FLAWS
from mekhala.sample.proceedings import THREE
from mekhala.sample.redress_kept import CAME
from mekhala.sample.redress_kept import RATES as REDRESS
from mekhala.sample.rows import Rows
from mekhala.web.casework.courts import warning_tables
from tests.sample.conftest import TODAY

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
WOMEN_LONGER = 24  # months: ``proceedings.YEARS_ADULT`` and ``YEARS_CHILD``


def truth_of(table, *wanted, among=None):
    """Return the share of ``wanted`` in a table of chances, among all or some of its options."""
    drawn = Counter(table.at((n + 0.5) / 1000) for n in range(1000))
    return sum(drawn[w] for w in wanted) / sum(drawn[o] for o in among or table.options)


def holds(truth, yes, of):
    """Whether the interval of a share holds the truth; 99 in 100, as many are asked at once."""
    low, high = wilson(yes, of, 0.99)
    return of > 50 and low <= truth <= high


def maintained():
    """Let the owner of the tables see every row until the transaction ends."""
    connection.cursor().execute("select set_config('mekhala.maintenance', 'on', true)")


@pytest.fixture
def as_the_owner(transactional_db):
    """Run as the owner of the tables, as whoever loads the sample does."""
    roles.become(roles.OWNER)
    yield
    roles.become(roles.APP)


@pytest.fixture
def cast(as_the_owner, ways):
    """Return who acts in a country of which the courts alone are written."""
    with transaction.atomic(), held.holding():
        maintained()
        made, rows = put_in_place(7, now=NOW), Rows()
        justice = JusticeRows(made, rows, CaseRows(made, rows, 7), today=TODAY)
        for journey in ways:
            justice.add(journey, None)
        rows.write()
    return made


def test_what_convictions_rest_on_and_how_long_women_are_sentenced_is_found_again(cast):
    roles.become(roles.APP)
    officer = cast.officer("st-01", role=Role.STATISTICIAN)
    with acting_for(officer.pk):
        found = courts.convictions(last_year=TODAY.year - 1, by=officer)
    shares = {
        s.code: s for s in warning_shares(warning_tables.counted(found), warning_tables.CODES)
    }
    absent = truth_of(THREE, "no", among=("yes", "no"))
    truth = {"confession_only": FLAWS["confession_only"], "no_complainant_at_hearing": absent,
             "single_uncorroborated_source": 0.0}  # fmt: skip
    for code, rate in truth.items():
        assert shares[code].low <= rate <= shares[code].high, code
    lawyers = Counter(row["lawyer"] for row in found)
    assert holds(absent, lawyers[False], lawyers[False] + lawyers[True])
    assert shares["no_lawyer"].share is None  # fewer than ten of whom it is not known: withheld

    men, women = by_group([courts.as_defendant(row) for row in found], "sex")
    assert (men.category, women.category) == ("male", "female")
    assert 0 < women.difference_low <= WOMEN_LONGER <= women.difference_high


def test_warnings_gaps_of_evidence_and_money_that_came_are_found_again(cast):
    with transaction.atomic():
        maintained()
        _warnings_are_found_again()
        _evidence_is_found_again()
        _redress_is_found_again()


def _warnings_are_found_again():
    told = [
        review(fairness.proceeding_of(one, now=NOW)).told
        for one in for_review()
        if len(one.proceeding.hearings.all()) < 2  # of the trial of another nothing is told
    ]
    raised = {code: Counter(one[code].raised for one in told) for code in told[0]}
    unread = FLAWS["cannot_read"] * FLAWS["not_read_out"]
    for code, rate in {
        "accuser_has_other_motive": FLAWS["prior_dispute"],
        "sole_statement_not_read_out": unread,
        "law_not_explained": FLAWS["law_not_explained"],
        "confession_only": FLAWS["confession_only"],
        "appeal_blocked": FLAWS["no_appeal_for_cost"],
        "no_lawyer": truth_of(THREE, "no", among=("yes", "no")),
    }.items():
        yes, no = raised[code][True], raised[code][False]
        assert holds(rate, yes, yes + no), (code, rate, yes, no)


def _evidence_is_found_again():
    items = [item for p in Proceeding.objects.all() for item in evidence.register(p.pk)]
    gaps = Counter(
        found.gap for item in items
        for found in custody.gaps(list(item.custody.all()), taken_on=item.taken_on, now=NOW)
    )  # fmt: skip
    lost = EVIDENCE["handed_over"] * EVIDENCE["not_received"]
    assert holds(EVIDENCE["taken_in_late"], gaps[Gap.TAKEN_IN_LATE], len(items))
    assert holds(lost, gaps[Gap.NOT_RECEIVED], len(items))
    without = sum(item.basis == Basis.NONE_RECORDED for item in items)
    assert holds(EVIDENCE["no_basis"], without, len(items))
    assert not gaps.keys() - {Gap.TAKEN_IN_LATE, Gap.NOT_RECEIVED}

    charges = Charge.objects.filter(bearings__isnull=False).distinct()
    rows = [evidence.matrix(charge) for charge in charges[:120]]
    against = sum(any(row.against for row in of) for of in rows)
    assert holds(EVIDENCE["no_support"], *_of(r.is_missing for of in rows for r in of))
    assert holds(EVIDENCE["speaks_against"], against, len(rows))
    assert holds(EVIDENCE["left_out"], Disclosed.objects.exclude(left_out="").count(),
                 Disclosed.objects.count())  # fmt: skip


def _redress_is_found_again():
    due = Owed.objects.filter(said_on__lt=TODAY - timedelta(days=90))
    accounts = [redress.account_of(owed, today=TODAY) for owed in due]
    for came, yes in {
        "nothing": sum(a.paid == 0 for a in accounts),
        "all": sum(a.paid_in_full_on is not None for a in accounts),
    }.items():
        assert holds(truth_of(CAME, came), yes, len(accounts)), came
    granted = Measure.objects.filter(granted=True).count()
    assert holds(REDRESS["measure_granted"], granted, Measure.objects.count())
    convicted = Verdict.objects.filter(result="convicted").count()
    assert holds(REDRESS["compensation_ordered"], Owed.objects.count(), convicted)


def _of(answers):
    """Return how many are true, and how many there are."""
    told = list(answers)
    return sum(told), len(told)


def test_the_patterns_of_reports_show_the_shares_they_were_made_with(as_the_owner):
    with transaction.atomic(), held.holding():
        maintained()
        made, rows = put_in_place(7, now=NOW), Rows()
        incidents_told.add_incidents(rows, made, 7, people=6000, now=NOW)
        rows.write()
    roles.become(roles.APP)
    with acting_for(made.officer("st-01", role=Role.STATISTICIAN).pk):
        total, shown = patterns()
    told = {pattern.dimension: pattern.shown for pattern in shown}
    assert total == 300
    for dimension, code, table in (
        ("kind", "bribe", incidents_told.KIND), ("body", "police", incidents_told.BODY),
        ("body", "court", incidents_told.BODY), ("province", "12", incidents_told.PROVINCE),
    ):  # fmt: skip
        assert holds(truth_of(table, code), told[dimension][code], total), code
    assert holds(truth_of(incidents_told.DOLLARS, 0), told["amount"]["not_said"], total)
