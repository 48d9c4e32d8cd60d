"""An acquittal can be appealed against, and stays an acquittal until a higher court convicts."""

from datetime import date, timedelta

import pytest

from mekhala.pathway.justice import acquittals, clocks, fairness, models, queries, services
from mekhala.pathway.justice.errors import DaysOutOfOrder, EntryRefused, MoveNotAllowed
from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.acting import become
from tests.builders_justice import ARTICLE, AT, DAYS, accused, court_officer
from tests.builders_retention import as_owner

ACQUITTED_ON, FILED_ON, DECIDED_ON = DAYS[3], DAYS[3] + timedelta(days=20), DAYS[5]
BOTH = (Stage.ACQUITTED, Stage.CONVICTED_NOT_FINAL)


@pytest.fixture
def by(db):
    return court_officer()


@pytest.fixture
def one(by):
    """Return an invented accused who was acquitted on the day of the tests."""
    found = accused(by, upto=Stage.ACCUSED)
    services.record_step(found, Stage.ACQUITTED, ACQUITTED_ON, by=by, at=AT)
    return found


def _appeal(one, by, *, filed_by="prosecutor", **more):
    said = {"judged_on": ACQUITTED_ON, "filed": True, "filed_on": FILED_ON} | more
    return services.record(models.Appeal, one, by=by, at=AT, filed_by=filed_by, **said)


def _may_follow(one):
    return acquittals.what_may_follow(list(one.steps.all()), one.appeal_entries.all())


def _assert_ended(one, ended):
    """Ask the owner of the tables: no officer may call what tells whether a file is erased."""
    timers = f"(select count(*) from retention_timers('{one.number}') where kind = 'cleared')"
    as_owner(
        f"do $$ begin assert justice_has_ended('{one.number}') is {ended};"
        f" assert {timers} = {int(ended)}; end $$"
    )


def test_an_appealed_acquittal_is_an_acquittal_and_the_appeal_is_said_beside_it(one, by):
    _appeal(one, by)
    (told,) = acquittals.pending(one)
    assert (told.by, told.filed_on, told.late) == ("prosecutor", FILED_ON, False)
    assert queries.stage_word(one) == "Acquitted"
    assert queries.is_appealed(queries.accused_with_stage().get(pk=one.pk))


def test_without_an_appeal_of_the_prosecution_nothing_follows_an_acquittal(one, by):
    with pytest.raises(EntryRefused, match="No judgment of that day"):
        _appeal(one, by, judged_on=DAYS[2])
    unknown = _appeal(one, by, filed=None, filed_on=None)
    _appeal(one, by, filed_by="civil_party")
    _appeal(one, by, filed_by="accused")
    assert _may_follow(one) == ()
    with pytest.raises(MoveNotAllowed, match="unless the prosecutor appealed"):
        services.record_step(one, Stage.CONVICTED_NOT_FINAL, DECIDED_ON, by=by, at=AT)
    services.record(models.Appeal, one, by=by, at=AT, replaces=unknown, filed=True,
                    filed_by="prosecutor_general", judged_on=ACQUITTED_ON)  # fmt: skip
    assert _may_follow(one) == BOTH


@pytest.mark.parametrize(("outcome", "follows"), [
    ("", BOTH), ("retrial", BOTH), ("upheld", BOTH[:1]), ("convicted", BOTH[1:]),
    ("withdrawn", ()), ("changed", ()),
])  # fmt: skip
def test_what_follows_is_what_the_appeal_came_to(one, by, outcome, follows):
    first = _appeal(one, by)
    _appeal(one, by, outcome=outcome, decided_on=DECIDED_ON, replaces=first)
    assert _may_follow(one) == follows
    assert len(acquittals.pending(one)) == (outcome in ("", "retrial"))


def test_a_conviction_on_appeal_is_not_final_and_the_accused_may_appeal_in_turn(one, by):
    become(by.pk)
    _appeal(one, by)
    with pytest.raises(DaysOutOfOrder):
        services.record_step(one, Stage.CONVICTED_NOT_FINAL, FILED_ON - timedelta(days=1),
                             by=by, at=AT)  # fmt: skip
    services.record_step(one, Stage.CONVICTED_NOT_FINAL, DECIDED_ON, by=by, at=AT)
    one = queries.accused().get(pk=one.pk)
    assert queries.stage_word(one) == "Convicted, not final"
    assert [word for _step, word in queries.rungs(one)][-2:] == [
        "Acquitted", "Convicted, not final",
    ]  # fmt: skip
    assert acquittals.pending(one) == []
    charge = models.Charge.objects.create(accused=one, charged_on=DAYS[1], **ARTICLE)
    services.record(models.Verdict, one, by=by, at=AT, charge=charge, instance="appeal",
                    on=DECIDED_ON, result="convicted", statute=charge.statute,
                    article=charge.article, sentence_months=84)  # fmt: skip
    _appeal(one, by, judged_on=DECIDED_ON, filed_on=None)  # of the prosecutor: stills no alarm
    assert _clocks() == ["appeal"]
    become(by.pk)
    _appeal(one, by, filed_by="accused", judged_on=DECIDED_ON, filed_on=None)
    assert _clocks() == []


def _clocks():
    become(None)
    return [one.clock for one in clocks.running()]


def test_acquitted_twice_is_told_as_acquitted(one, by):
    _appeal(one, by)
    services.record_step(one, Stage.ACQUITTED, DECIDED_ON, by=by, at=AT)
    found = queries.accused().get(pk=one.pk)
    assert queries.stage_word(found) == "Acquitted"
    assert acquittals.pending(found) == []
    assert _may_follow(found) == ()


def test_what_was_told_of_an_acquittal_is_not_undone_by_an_appeal(one, by):
    services.record_told(one, by=by, at=AT, body="employer", way="work", on=DAYS[1])
    corrected = models.Corrected.objects.get()
    _appeal(one, by)
    assert models.Corrected.objects.get() == corrected
    services.record_told(one, by=by, at=AT, body="school", way="work", on=DAYS[1])
    assert models.Corrected.objects.filter(stage="acquitted").count() == 2


@pytest.mark.parametrize(("filed_by", "filed_on", "late"), [
    ("prosecutor", date(2024, 7, 5), False), ("prosecutor", date(2024, 7, 6), True),
    ("prosecutor_general", date(2024, 9, 5), False),
    ("prosecutor_general", date(2024, 9, 6), True), ("prosecutor", None, None),
])  # fmt: skip
def test_an_appeal_that_came_too_late_is_told_as_late(one, by, filed_by, filed_on, late):
    _appeal(one, by, filed_by=filed_by, filed_on=filed_on)
    assert [told.late for told in acquittals.pending(one)] == [late]


def test_only_the_prosecution_sets_an_acquittal_aside_and_none_before_it_was_filed(one, by):
    with pytest.raises(EntryRefused, match="only where the prosecution appealed"):
        _appeal(one, by, filed_by="civil_party", outcome="convicted", decided_on=DECIDED_ON)
    with pytest.raises(EntryRefused):
        _appeal(one, by, outcome="convicted", decided_on=ACQUITTED_ON)


def test_the_appeal_of_somebody_else_says_nothing_about_the_accused_s_own(one, by):
    own = _appeal(one, by, filed_by="accused", filed=False, filed_on=None, blocked_by=["cost"])
    _appeal(one, by)
    read = fairness.proceeding_of(queries.for_review().get(pk=one.pk), now=AT)
    assert read["appeal"] == {"filed": "no", "blocked_by": ["cost"]}
    assert own.filed is False
    assert read["verdict"] == {"result": "acquitted"}


def test_a_file_is_not_erased_while_an_appeal_against_the_acquittal_is_open(one, by):
    _assert_ended(one, ended=True)
    first = _appeal(one, by)
    _assert_ended(one, ended=False)
    _appeal(one, by, outcome="withdrawn", decided_on=DECIDED_ON, replaces=first)
    _assert_ended(one, ended=True)


@pytest.mark.parametrize(("years", "ended"), [(2, False), (4, True)])
def test_an_appeal_of_which_nothing_is_heard_holds_no_file_for_ever(one, by, years, ended):
    models.Appeal.objects.create(
        accused=one, judged_on=ACQUITTED_ON, filed=True, filed_by="prosecutor", recorded_by=by,
        recorded_at=AT - timedelta(days=365 * years),
    )  # fmt: skip
    _assert_ended(one, ended=ended)
