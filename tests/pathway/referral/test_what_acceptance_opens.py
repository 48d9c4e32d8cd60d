"""What a house is told when it accepts: what the person agreed to, class by class, and no more."""

import random

import pytest
from django.db import Error, ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.pathway.referral import services
from mekhala.pathway.referral.models import Referral
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.models import Grant
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from mekhala.safeguards.access.queries import classes_for
from mekhala.safeguards.access.services import close_to
from mekhala.safeguards.consent.errors import GainsByTheYes
from mekhala.safeguards.consent.models import Answer, DataClass
from mekhala.safeguards.consent.services import record_answer
from mekhala.safeguards.identity import services as vault
from tests.builders import NOW, case, officer, open_to
from tests.builders_help import asked, provider, service, yes

LOCATION, IDENTITY, NARRATIVE, OPEN = (
    FieldClass.LOCATION, FieldClass.IDENTITY, FieldClass.NARRATIVE, FieldClass.OPEN,
)  # fmt: skip
OPENED = [
    ([], {OPEN}),
    ([DataClass.IDENTITY], {OPEN, IDENTITY}),
    ([DataClass.STORY], {OPEN, NARRATIVE}),
    ([DataClass.STORY, DataClass.IDENTITY], {OPEN, NARRATIVE, IDENTITY}),
    ([DataClass.WHOLE_FILE], {OPEN, NARRATIVE, IDENTITY, LOCATION}),
]


def told(number, house, by, data_class, answer=Answer.GIVEN):
    """Record what the person said to this house about one kind of data, now."""
    before = become(by.pk)
    kept = record_answer(
        number, recipient=house.agency.code, purpose=Purpose.SUPPORT, data_class=data_class,
        answer=answer, by=by, at=timezone.now(), is_adult=True,
    )  # fmt: skip
    become(before)
    return kept


def accepted(*agreed):
    """Return a referral, asked with these yeses beside her needs, and who accepted it."""
    house = service()
    request, helper = asked(house), provider(house)
    become(request.asked_by_id)
    vault.keep(request.case_id, file_number=request.case_id, by=request.asked_by, at=NOW,
               native_name="Qwersomaly")  # fmt: skip
    for data_class in agreed:
        told(request.case_id, house, request.asked_by, data_class)
    become(helper.pk)
    return services.accept(request, by=helper, at=timezone.now()), helper


def held(request, helper):
    return classes_for(helper, request.case_id, now=timezone.now())


@pytest.mark.parametrize(("agreed", "classes"), OPENED)
def test_acceptance_opens_the_needs_and_what_was_agreed_to(db, agreed, classes):
    request, helper = accepted(*agreed)
    assert held(request, helper) == classes
    shown = vault.show(request.case_id, by=helper, at=NOW, purpose="support")
    assert (shown is not None) == (IDENTITY in classes)


def test_a_grant_rests_on_the_newest_yes(db):
    _request, helper = accepted(DataClass.IDENTITY)
    kept = Grant.objects.get(officer=helper)
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from consent_consent")
        assert (kept.consent,) == cursor.fetchone()


def test_a_later_yes_opens_and_a_no_closes_in_the_same_moment(db):
    request, helper = accepted()
    house, hears = request.service, request.asked_by
    told(request.case_id, house, hears, DataClass.IDENTITY)
    assert held(request, helper) == {OPEN, IDENTITY}
    told(request.case_id, house, hears, DataClass.IDENTITY, Answer.WITHDRAWN)
    assert held(request, helper) == {OPEN}
    told(request.case_id, house, hears, DataClass.WHOLE_FILE)
    assert held(request, helper) == {OPEN, IDENTITY, NARRATIVE, LOCATION}
    told(request.case_id, house, hears, DataClass.STORY, Answer.REFUSED)
    assert held(request, helper) == {OPEN, IDENTITY, LOCATION}


def test_a_yes_to_another_house_opens_nothing_here(db):
    request, helper = accepted()
    told(request.case_id, service(), request.asked_by, DataClass.WHOLE_FILE)
    assert held(request, helper) == {OPEN}


def test_a_house_does_not_write_down_its_own_yes(db):
    request, helper = accepted()
    with pytest.raises(GainsByTheYes):
        told(request.case_id, request.service, helper, DataClass.WHOLE_FILE)
    told(request.case_id, request.service, helper, DataClass.STORY, Answer.REFUSED)
    told(request.case_id, service(), helper, DataClass.NEEDS)


WRITE = """insert into consent_consent
  (case_number, recipient, purpose, data_class, answer, language, asked_at, asked_by, until,
    said_by, as_child, best_interest, interpreter_of, present, manner)
  values (%s, %s, 'support', 'whole_file', 'given', '', clock_timestamp(), %s, now() + '9 days',
    'person', false, '', '', '{}', '')"""


def _wrote(number, agency, by):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(WRITE, [number, agency, by.pk])
    except ProgrammingError:
        return False
    return True


def test_nor_in_the_database_nor_in_anothers_name(db):
    request, helper = accepted()
    agency = request.service.agency.code
    become(helper.pk)
    assert not _wrote(request.case_id, agency, request.asked_by)
    assert not _wrote(request.case_id, agency, helper)
    assert _wrote(request.case_id, service().agency.code, helper)
    assert held(request, helper) == {OPEN}


def test_without_that_guard_a_house_opens_the_whole_file_to_itself(db):
    """The mutant: who wrote a yes may be anybody."""
    request, helper = accepted()
    become(helper.pk)
    with connection.cursor() as cursor:
        cursor.execute("select tests.as_owner('drop policy in_own_name on consent_consent')")
    assert _wrote(request.case_id, request.service.agency.code, request.asked_by)
    assert held(request, helper) > {OPEN}


def test_nobody_makes_a_referral_to_accept_nor_answers_one_again(db, acting):
    request, helper = accepted()
    other = case(meets := officer())
    yes(other, request.service, by=meets)
    acting(helper)
    for column, value in (("case_id", other.number), ("status", "asked"), ("sex", "male")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Referral.objects.filter(pk=request.pk).update(**{column: value})
    made = {
        "service": request.service, "need": "shelter", "status": "accepted", "asked_by": helper,
        "asked_at": NOW, "hold_until": NOW, "answered_by": helper,
    }  # fmt: skip
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Referral.objects.create(case=other, **made)
    services.end(request, by=helper, at=NOW)
    with pytest.raises(ProgrammingError, match="answered once"), transaction.atomic():
        Referral.objects.filter(pk=request.pk).update(status="accepted")


def _live(officers):
    """Return every (officer, file, purpose, class) that is open now."""
    found = set()
    for one in officers:
        become(one.pk)
        for grant in Grant.objects.filter(officer=one, until__gt=timezone.now()):
            found |= {(one.pk, grant.file_number, grant.purpose, c) for c in grant.field_classes}
    return found


def _try(draw, me, numbers, consents):
    """Return one thing somebody might write to see more: a statement and what goes with it."""
    classes = draw.sample([c.value for c in FieldClass], draw.randint(1, 5))
    word = {
        "file": draw.choice(numbers), "me": me.pk, "classes": classes,
        "purpose": draw.choice([p.value for p in Purpose]),
        "consent": draw.choice([None, 10**9, *consents]),
        "as": draw.choice([me.pk, me.pk, draw.randint(1, 50)]),
        "from": draw.choice(["2020-01-01", "2999-01-01"]), "to": "2999-12-31",
    }  # fmt: skip
    kept = "(officer_id, file_number, purpose, granted_by_id)"
    insert = """insert into access_grant (file_number, officer_id, purpose, granted_by_id,
        granted_at, until, field_classes, consent)
      values (%(file)s, %(me)s, %(purpose)s, %(as)s, now(), %(to)s, %(classes)s, %(consent)s)"""
    mine = "where officer_id = %(me)s"
    return draw.choice([
        insert,
        f"""{insert} on conflict {kept} do update
            set field_classes = excluded.field_classes, until = excluded.until""",
        f"""{insert} on conflict {kept} do update
            set field_classes = excluded.field_classes, consent = excluded.consent""",
        f"update access_grant set field_classes = %(classes)s {mine}",
        f"update access_grant set field_classes = %(classes)s, consent = %(consent)s {mine}",
        f"""update access_grant set field_classes = %(classes)s, consent = %(consent)s,
            granted_at = '2020-01-01', until = now() {mine}""",
        f"update access_grant set until = %(to)s {mine}",
        f"update access_grant set purpose = %(purpose)s {mine}",
        f"update access_grant set file_number = %(file)s {mine}",
        "update access_grant set officer_id = %(me)s where file_number = %(file)s",
        "select set_config('mekhala.maintenance', 'on', true); " + insert,
        "set local role mekhala_owner; " + insert,
        "alter table access_grant disable row level security",
        "drop trigger only_narrower on access_grant",
    ]), word  # fmt: skip


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.REGISTRAR, Role.FIRST_RESPONDER])
def test_in_200_random_tries_nobody_widens_what_is_open_to_them(db, role):
    draw = random.Random(f"R-07 {role}")
    request, helper = accepted()
    stands = case(officer())
    me = helper if role == Role.PROVIDER else officer(role)
    if role != Role.PROVIDER:
        purpose = {Role.REGISTRAR: Purpose.REGISTRATION}.get(role, Purpose.FIRST_CONTACT)
        open_to(me, request.case_id, purpose, by=request.asked_by, classes=[OPEN])
    become(request.asked_by_id)
    numbers, consents = [request.case_id, stands.number], [1, 2, 3]
    before = _live([me])
    succeeded = _tried(draw, me, numbers, consents, 200)
    assert _live([me]) <= before, succeeded


def _tried(draw, me, numbers, consents, times):
    done = []
    for _turn in range(times):
        become(me.pk)
        statement, words = _try(draw, me, numbers, consents)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, words)
                cursor.execute("select set_config('mekhala.maintenance', '', true)")
                done.append((statement, words))
        except Error:
            continue
    return done


def test_without_the_guards_the_same_tries_widen(db):
    """The mutant: neither trigger nor policy; the random tries find a way."""
    request, helper = accepted()
    before = _live([helper])
    with connection.cursor() as cursor:
        for guard in ("drop trigger only_narrower on access_grant",
                      "alter policy accepted_again on access_grant with check (true)"):  # fmt: skip
            cursor.execute("select tests.as_owner(%s)", [guard])
    _tried(random.Random("R-07"), helper, [request.case_id], [1], 200)
    assert not _live([helper]) <= before


def test_who_is_shut_out_stays_out_when_a_yes_is_heard(db):
    request, helper = accepted()
    close_to(helper, request.case_id, by=helper, at=timezone.now())
    told(request.case_id, request.service, request.asked_by, DataClass.WHOLE_FILE)
    assert held(request, helper) == set()
