"""Money to the day of payment, protection, counsel; help that never hangs on being heard."""

import ast
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mekhala.pathway.redress import errors, queries, services
from mekhala.pathway.redress.models import Link, Measure, Owed, Payment, WitnessPlan
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent.models import Answer
from tests.builders import officer, open_to
from tests.builders_justice import AT, answer_about, court_officer, proceeding
from tests.builders_redress import DUE_ON, ORDER, SAID_ON, helped, owed, paid
from tests.test_house import PACKAGE

DAY = timedelta(days=1)
ASKED = {"asked_by": "counsel", "asked_on": SAID_ON}


def _account(number, today=DUE_ON):
    return queries.accounts(number, today=today)[-1]


def test_money_is_followed_to_the_day_of_payment(db, acting):
    case, worker = helped()
    acting(worker)
    wages = owed(worker, case.number)
    paid(wages, worker, 300)
    late = _account(case.number, DUE_ON + 3 * DAY)
    assert (late.open, late.is_overdue, late.days_late) == (Decimal(600), True, 3)
    paid(wages, worker, 600, on=DUE_ON + 9 * DAY)
    whole = _account(case.number, DUE_ON + 30 * DAY)
    assert (whole.open, whole.is_overdue, whole.paid_in_full_on) == (0, False, DUE_ON + 9 * DAY)


def test_nothing_is_overdue_on_its_day_nor_while_it_is_only_claimed(db, acting):
    case, worker = helped()
    acting(worker)
    owed(worker, case.number)
    assert not _account(case.number, DUE_ON).is_overdue
    assert _account(case.number, DUE_ON + DAY).is_overdue
    owed(worker, case.number, basis="claimed")
    assert not _account(case.number, DUE_ON + DAY).is_overdue
    assert len(queries.overdue(today=DUE_ON + DAY)) == 1


def test_more_than_is_owed_is_refused_and_a_mistake_is_taken_back_once(db, acting):
    case, worker = helped()
    acting(worker)
    wages = owed(worker, case.number)
    wrong = paid(wages, worker, 900)
    with pytest.raises(errors.MoreThanOwed):
        paid(wages, worker, 1)
    services.take_back_payment(wrong, by=worker, at=AT)
    assert _account(case.number).open == wages.amount
    with pytest.raises(errors.NotAPayment):
        services.take_back_payment(wrong, by=worker, at=AT)


def test_an_order_takes_the_place_of_the_claim_and_is_not_counted_beside_it(db, acting):
    case, worker = helped()
    acting(worker)
    claim = owed(worker, case.number, basis="claimed")
    order = owed(worker, case.number, basis="ordered", amount=Decimal(500), replaces=claim)
    found = queries.accounts(case.number, today=DUE_ON)
    assert queries.totals(found) == {"USD": (Decimal(0), order.amount)}
    with pytest.raises(errors.NotStanding):
        paid(claim, worker, 10)
    with pytest.raises(errors.NotStanding):
        owed(worker, case.number, replaces=claim)


def test_an_end_has_a_reason_and_leaves_what_was_paid(db, acting):
    case, worker = helped()
    acting(worker)
    wages = owed(worker, case.number)
    paid(wages, worker, 100)
    services.end_owed(wages, because="cannot_be_had", on=DUE_ON, by=worker, at=AT)
    found = _account(case.number, DUE_ON + 99 * DAY)
    assert (found.paid, found.open, found.is_overdue) == (Decimal(100), 0, False)


@given(st.lists(st.decimals(min_value="0.01", max_value=5000, places=2), max_size=8))
def test_what_is_paid_and_what_is_open_is_always_what_is_owed(parts):
    total = sum(parts, Decimal(0)) + Decimal("0.01")
    sum_owed = Owed(number="RD-1", amount=total, currency="USD", basis="ordered", due_on=SAID_ON)
    payments = [Payment(amount=part, on=SAID_ON) for part in parts]
    sum_owed._prefetched_objects_cache = {"payments": payments}
    found = queries._account(sum_owed, is_replaced=False, today=DUE_ON)
    assert found.paid + found.open == total
    assert found.is_overdue
    assert found.paid_in_full_on is None


def test_a_day_to_come_and_days_out_of_order_are_refused(db, acting):
    case, worker = helped()
    acting(worker)
    with pytest.raises(errors.DayToCome):
        owed(worker, case.number, said_on=AT.date() + 2 * DAY, due_on=None)
    with pytest.raises(errors.DaysOutOfOrder):
        owed(worker, case.number, due_on=SAID_ON - DAY)
    with pytest.raises(errors.DaysOutOfOrder):
        paid(owed(worker, case.number), worker, 1, on=SAID_ON - DAY)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGISTRAR, Role.PROVIDER, Role.JUSTICE}))
def test_no_other_role_keeps_redress(db, acting, role):
    case, _worker = helped()
    other = officer(role)
    open_to(other, case.number, Purpose.REGISTRATION)
    acting(other)
    with pytest.raises(NotYourRole):
        owed(other, case.number)


def test_a_closed_file_is_told_as_absent(db, acting):
    case, _worker = helped()
    other = officer(Role.REGISTRAR)
    acting(other)
    with pytest.raises(NotOpenToYou):
        owed(other, case.number)


def test_a_measure_is_answered_once_and_a_refusal_says_why(db, acting):
    case, worker = helped()
    acting(worker)
    asked = services.ask_measure(case.number, kind="screen", by=worker, at=AT, **ASKED)
    told = {"answered_by": "court", "on": DUE_ON, "by": worker, "at": AT}
    with pytest.raises(errors.ReasonMissing):
        services.answer_measure(asked, granted=False, **told)
    services.answer_measure(asked, granted=False, why_refused="no_means", **told)
    with pytest.raises(errors.AnsweredBefore):
        services.answer_measure(asked, granted=True, **told)


def test_legal_aid_waits_until_a_lawyer_is_assigned(db, acting):
    case, worker = helped()
    acting(worker)
    aid = services.ask_legal_aid(case.number, asked_on=SAID_ON, by=worker, at=AT)
    told = {"fee": "free", "on": DUE_ON, "bar_number": "B-7", "by": worker, "at": AT}
    assert services.assign_lawyer(aid, **told).assigned_on == DUE_ON
    with pytest.raises(errors.AssignedBefore):
        services.assign_lawyer(aid, **told)


def test_rights_that_were_never_told_stand_in_the_list(db, acting):
    case, worker = helped()
    acting(worker)
    services.tell_right(
        case.number, right="legal_aid", told_on=SAID_ON, language="km", understood=True,
        by=worker, at=AT,
    )  # fmt: skip
    told = {right.value: bool(when) for right, when in queries.rights(case.number)}
    assert told["legal_aid"]
    assert not told["compensation"]


@pytest.fixture
def linked(db):
    """Return a case, its worker, and an order of a court about which the person said yes."""
    case, worker = helped()
    court = court_officer()
    become(worker.pk)
    answer_about(case, worker, Answer.GIVEN, to=court)
    become(court.pk)
    held = proceeding(court)
    order = services.record_owed(held.number, by=court, at=AT, **ORDER)
    return case, worker, court, order


def test_an_order_of_a_court_is_seen_and_paid_from_the_linked_case(linked):
    case, worker, court, order = linked
    services.show_from_case(order, case.number, by=court, at=AT)
    become(worker.pk)
    assert [a.owed for a in queries.accounts(case.number, today=DUE_ON)] == [order]
    paid(order, worker, 400)
    with pytest.raises(NotOpenToYou):
        services.end_owed(order, because="waived", on=DUE_ON, by=worker, at=AT)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Owed.objects.filter(pk=order.pk).update(ended_on=DUE_ON, ended_because="waived")
    become(court.pk)
    assert queries.account_of(order, today=DUE_ON).paid == Decimal(400)
    assert not Link.objects.exists()


def test_justice_sees_nothing_of_what_is_kept_under_the_case(linked):
    case, worker, court, order = linked
    services.show_from_case(order, case.number, by=court, at=AT)
    become(worker.pk)
    owed(worker, case.number)
    services.ask_measure(case.number, kind="video", by=worker, at=AT, **ASKED)
    become(court.pk)
    assert list(Owed.objects.all()) == [order]
    assert not Measure.objects.exists()


def test_without_a_yes_nothing_is_linked(linked):
    case, worker, court, order = linked
    become(worker.pk)
    answer_about(case, worker, Answer.WITHDRAWN, to=court, minutes=5)
    become(court.pk)
    with pytest.raises(errors.AgreementMissing):
        services.show_from_case(order, case.number, by=court, at=AT)


def test_nobody_links_a_row_of_a_proceeding_that_is_not_theirs(linked):
    case, _worker, _court, order = linked
    become(court_officer().pk)
    with pytest.raises(ProgrammingError, match="not a row"), transaction.atomic():
        Link.objects.bulk_create([Link(number=order.pk, case_id=case.number)])


def test_the_plan_for_being_heard_is_there_for_the_proceeding_alone(linked):
    case, worker, court, order = linked
    plan = {"heard": "video", "language": "km", "interpreter": None, "agreed_on": SAID_ON}
    services.plan_witness(order.proceeding, by=court, at=AT, **plan)
    become(worker.pk)
    assert not WitnessPlan.objects.exists()
    with pytest.raises(errors.OnlyInAProceeding):
        services.plan_witness(case.number, by=worker, at=AT, **plan)
    open_to(worker, order.proceeding, Purpose.SUPPORT)
    assert not WitnessPlan.objects.exists()


HELP = ("directory", "referral", "aftercare", "repatriation", "labour_migration")
HEARD = {"WitnessPlan", "plan_witness", "witness_plans", "Heard"}


def test_help_never_depends_on_being_heard():
    related = {f.related_model._meta.label for f in WitnessPlan._meta.get_fields() if f.is_relation}
    assert related <= {"redress.WitnessPlan", "agencies.Agency", "access.Officer"}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            to_plan = field.concrete and field.is_relation and field.related_model is WitnessPlan
            assert not to_plan or model is WitnessPlan, f"{model.__name__}.{field.name}"


def test_no_room_of_help_reads_whether_somebody_is_heard():
    rooms = [PACKAGE / folder / room for folder in ("pathway", "web/casework") for room in HELP]
    for path in (p for room in rooms for p in room.rglob("*.py")):
        names = {
            getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        }
        assert not HEARD & names, path


def test_the_days_of_the_tests_are_in_the_past():
    assert date(2024, 1, 1) < SAID_ON < DUE_ON < AT.date()
