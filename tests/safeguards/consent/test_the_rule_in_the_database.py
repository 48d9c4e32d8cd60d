"""The database and the core hold one rule."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings

from mekhala.core.consent import standing_yes
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.consent.models import Consent, DataClass, Guardian
from mekhala.safeguards.consent.queries import is_given
from tests.builders import case, officer
from tests.core.test_consent import NOW, histories, parts

ABOUT = {"recipient": "here", "purpose": "support"}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories, parts)
def test_the_database_finds_the_yes_that_the_rule_finds(db, history, involved):
    with transaction.atomic():
        me = officer()
        made = case(me)
        become(me.pk)
        _keep(made.number, history, me)
        if involved is not None:
            Guardian.objects.create(
                case_number=made.number, relation="parent", involved=involved, recorded_at=NOW,
                recorded_by=me.pk,
            )  # fmt: skip
        at = NOW + timedelta(days=1)
        found = is_given(
            made.number, recipient="here", purpose=Purpose.SUPPORT, data_class=DataClass.NEEDS,
            now=at,
        )  # fmt: skip
        expected = standing_yes(history, guardian_involved=involved, now=at)
        transaction.set_rollback(True)
    assert found == (expected is not None)


def _keep(number, history, me):
    """Keep each answer as it was said, in the order of its numbers."""
    for one in sorted(history, key=lambda a: a.number):
        appointed = one.speaker == "appointed" and one.answer == "given"
        Consent.objects.create(
            case_number=number, data_class="needs", answer=one.answer, said_by=one.speaker,
            as_child=one.as_child, asked_at=one.at, asked_by=me.pk, until=one.until,
            best_interest="no_guardian" if appointed else "", **ABOUT,
        )  # fmt: skip
