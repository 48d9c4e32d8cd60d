"""Help is tied neither to a status nor to a word against anybody."""

import ast
import pkgutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from mekhala.pathway import aftercare
from mekhala.pathway.aftercare import services
from mekhala.pathway.aftercare.codes import Area
from mekhala.pathway.aftercare.models import FollowUp, ServiceGiven, Stay
from mekhala.pathway.determination.models import TraffickingStatus
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.referral import services as referrals
from mekhala.safeguards.access.purposes import Purpose, Role
from tests.builders import NOW, officer, open_to
from tests.builders_casework import authority, referred
from tests.builders_help import decision, provider, registrar_with_case, service, yes
from tests.pathway.aftercare.test_stays_and_home import CLEAR

TODAY = NOW.date()
OF_A_STATUS = ("determination", "registration", "screening")
OF_A_PROCEEDING = ("justice", "evidence", "incidents")
TELLS_ONLY = "aftercare_still_open"  # which questions are open when a case is closed


def _asked_for(tree):
    """Yield every module a source file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_no_rule_of_support_can_read_a_decision_or_a_proceeding():
    folder, read = Path(aftercare.__path__[0]), set()
    found = [m.name for m in pkgutil.walk_packages([str(folder)]) if "migrations" not in m.name]
    assert {"policies", "services", "queries", "going_home"} <= set(found)
    for path in folder.rglob("*.py"):
        if "migrations" not in path.parts:
            read |= set(_asked_for(ast.parse(path.read_text(encoding="utf-8"))))
    closed = tuple(f"mekhala.pathway.{room}" for room in OF_A_STATUS + OF_A_PROCEEDING)
    assert not [module for module in read if module.startswith(closed)]


def test_no_rule_of_the_database_about_support_reads_them_either(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """select p.policyname, coalesce(p.qual, '') || coalesce(p.with_check, '')
               from pg_policies p where p.tablename like %s
               union all select f.proname, f.prosrc from pg_proc f
               where f.proname like %s and f.proname <> %s""",
            ["aftercare%", "aftercare%", TELLS_ONLY],
        )
        rules = cursor.fetchall()
    assert len(rules) > 20
    words = tuple(f"{room}_" for room in OF_A_STATUS + OF_A_PROCEEDING)
    assert not [name for name, said in rules if any(word in said for word in words)]


def _nobody_asked():
    return registrar_with_case(age=24, age_certainty="known")


def _is_being_decided():
    authority()
    first, registrar = officer(), officer(Role.REGISTRAR)
    file = referred(first, age=24, age_certainty="known")
    open_to(registrar, file.case_id, Purpose.REGISTRATION, by=first)
    return registrar, Case(number=file.case_id)


def _was_not_recognised():
    registrar, made = registrar_with_case(age=24, age_certainty="known")
    decision(made, TraffickingStatus.NOT_ESTABLISHED)
    return registrar, made


@pytest.mark.parametrize("status", [_nobody_asked, _is_being_decided, _was_not_recognised])
def test_whoever_is_not_recognised_yet_or_never_gets_each_help(db, acting, status):
    registrar, made = status()
    house = service(free=1)
    helper = provider(house)
    acting(registrar)
    made = Case.objects.get(number=made.number)
    yes(made, house, by=registrar)
    told = {"by": registrar, "at": NOW + timedelta(days=1)}
    request = referrals.ask(case=made, service=house, need="shelter", urgent="nowhere", **told)
    acting(helper)
    referrals.accept(request, by=helper, at=told["at"])
    services.write_note(made, "Arrived; asked for a telephone.", by=helper, at=told["at"])
    acting(registrar)
    services.begin_stay(
        made, agency=house.agency, kind="shelter", basis="own_consent", agreed=True,
        movement="free", began_at=NOW, **told,
    )  # fmt: skip
    services.assess(made, dict.fromkeys(Area.values, "not_said"), words="", made_on=TODAY, **told)
    for need in ("health", "counselling", "legal_aid", "training"):
        services.record_help(made, need, given_on=TODAY, agreed=True, **told)
    plan = services.make_plan(made, "Rest", agreed_on=TODAY, **told)
    for stage in ("integration", "follow_up"):
        services.move_stage(plan, stage, on=TODAY, **told)
    services.start_trace(made, "parent", who="", agreed=True, **told)
    home = services.screen_return(made, "alone", CLEAR, **told)
    services.send_home(home, on=TODAY, **told)
    counts = (Stay.objects.count(), ServiceGiven.objects.count(), FollowUp.objects.count())
    assert counts == (1, 4, 3)
