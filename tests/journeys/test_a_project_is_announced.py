"""A project is announced, funded and counted apart; a mandate is read; a request goes overdue."""

from datetime import timedelta

import pytest

from mekhala.safeguards.access.purposes import Role
from tests.builders import officer
from tests.days import day, today
from tests.journeys.steps import KHMER_TOO


def fill(page, **words):
    for name, said in words.items():
        page.fill(f"main [name={name}]", said)


@pytest.mark.parametrize("language", [KHMER_TOO, "en"])
def test_the_committee_keeps_registers_and_a_prosecutor_logs_a_request(
    transactional_db, sign_in, checked, language
):
    at = checked(language)
    page = at.page
    sign_in(officer(Role.STATISTICIAN), language)
    at.go("/institutions/projects/new/")
    at.choose("status", "announced")
    fill(page, title="A house (invented)", run_by="A ministry", budget="5000", since=day(),
         said_by="A ministry", source="A speech", reason="It was said")  # fmt: skip
    page.select_option("main [name=currency]", "USD")
    at.send()
    page.locator("main a[href^='/institutions/projects/']", has_text="A house").click()
    at.look()
    at.choose("status", "funded")
    fill(page, since=day(), said_by="A donor", source="A letter", reason="It was paid")
    at.send()
    assert page.locator("main ol li").count() == 2
    at.go("/institutions/mandates/new/")
    fill(page, body="A ministry", duty="License agencies", since=day(), source="A decree")
    at.send()
    page.get_by_role("link", name="License agencies").click()
    at.look()
    sign_in(officer(Role.JUSTICE), language)
    at.go("/institutions/requests/new/")
    at.choose("kind", "police")
    page.select_option("main [name=country]", "THA")
    fill(page, reference="P-1", asked_by="Police",
         sent_on=(today() - timedelta(days=40)).isoformat(),
         due_on=(today() - timedelta(days=3)).isoformat())  # fmt: skip
    at.send()
    page.get_by_role("link", name="P-1").click()
    at.look()
