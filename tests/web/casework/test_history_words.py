"""The history of a case has words for whatever is done about one."""

import re
from pathlib import Path

from mekhala.safeguards.access.purposes import Purpose
from mekhala.web.casework.cases import acts

PACKAGE = Path(acts.__file__).parents[3]
ROOMS = ("encounter", "screening", "determination", "registration", "referral", "aftercare")
OF_NO_CASE = {"encounter.refused", "referral.need_unmet"}


def _recorded():
    files = [p for n in ("services.py", "same_person.py") for p in (PACKAGE / "pathway").rglob(n)]
    said = [path.read_text(encoding="utf-8") for path in files]
    found = re.findall(r'audit\.record\(\s*"([a-z]+\.[a-z_]+)"', " ".join(said))
    return {act for act in found if act.split(".")[0] in ROOMS} - OF_NO_CASE


def test_every_act_about_a_case_has_words():
    assert _recorded()
    assert _recorded() <= set(acts.WORDS)


def test_looks_are_no_acts():
    assert not {"case.opened", "identity.shown"} & set(acts.WORDS)


def test_a_provider_is_told_nothing_of_screening_or_decision():
    told = acts.told_for({Purpose.SUPPORT})
    told = set(told) - {"encounter.closed", "encounter.reopened"}  # whoever helps must know
    assert not [a for a in told if a.startswith(("encounter.", "screening.", "determination."))]
