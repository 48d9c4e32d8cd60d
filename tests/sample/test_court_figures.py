"""The invented country's courts work at known rates; the cohorts find them again."""

from datetime import date, timedelta

from mekhala.core.cohorts.history import TARGETS, History, Rung
from mekhala.core.cohorts.incidence import incidence
from mekhala.sample import court_figures, proceedings
from mekhala.sample.accused import STAGE
from mekhala.sample.draws import Draws

TODAY = date(2026, 9, 30)
UNTIL_ALL_ARE_JUDGED = 24  # months: the longest way to a first judgment is 525 days


def histories(seed, people=300):
    """Invented accused, two to a complaint, of whom the youngest are not yet judged."""
    draws = Draws(seed, "courts")
    for n in range(people):
        since = date(2022, 1, 1) + timedelta(days=(n // 2) * 11)
        steps = [s for s in proceedings._ladder(draws, since, TODAY) if s.on <= TODAY]
        yield History(
            year=since.year, complaint=n // 2, observed=(TODAY - since).days // 30,
            rungs=tuple((Rung(STAGE[s.stage].value), (s.on - since).days // 30) for s in steps),
        )  # fmt: skip


def test_the_cohorts_find_the_rates_of_the_invented_courts_again():
    truth = court_figures.truth()
    assert truth == {"charged": 0.8, "convicted_first": 0.4896}  # 0.80 x 0.85 x 0.72
    held = dict.fromkeys(truth, 0)
    for seed in range(20):
        found = list(histories(seed))
        for target in TARGETS:
            if target.code in truth:
                _share, low, high = incidence(found, target, draws=100).at(UNTIL_ALL_ARE_JUDGED)
                held[target.code] += low <= truth[target.code] <= high
    assert min(held.values()) >= 16  # 19 of 20 expected; fewer than 16 come about once in 400
