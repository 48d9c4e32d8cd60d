"""Help is looked up on a phone: how old its list is, and whom to call where nothing fits."""

import re

from django.db import transaction

from mekhala.forms import services as forms
from mekhala.forms.instruments import instrument_text
from mekhala.pathway.directory.choice_list import services_list
from mekhala.safeguards.access.purposes import Role
from tests.builders import NOW, officer
from tests.builders_help import service
from tests.journeys.steps_on_a_phone import enrol, forms_of, invite


def test_where_no_service_fits_the_phone_says_so_and_whom_to_call(
    transactional_db, settings, checked, page
):
    settings.HELP_NUMBERS = [("Help line", "023 000 000")]
    seen = checked("en")
    with transaction.atomic():
        author, owner = officer(Role.ADMINISTRATOR), officer()
        service(name="A clinic (invented)", need="health", confirmed_at=NOW)
        forms.keep_list(services_list(now=NOW), at=NOW)
        forms.add_version(instrument_text("find_help").encode(), "f.md", by=author, at=NOW)
    _device, code = invite(owner)
    enrol(page, code)
    forms_of(page, "Find help").click()
    page.get_by_text(re.compile(r"^The list of services is of .*\d:\d")).wait_for()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_label("Legal aid").check()
    page.get_by_role("button", name="Next", exact=True).click()  # no province
    page.get_by_text("Near which province?").first.wait_for()
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_text("No service on this list fits. Call: 023 000 000").wait_for()
    seen.look()
