"""The worked examples of the contract hold."""

import csv

import pytest

from mekhala.core.reasoning.assess import assess, judge_charge
from mekhala.core.reasoning.case import read_case
from mekhala.core.reasoning.indicators import Profile, indicators
from mekhala.core.vocabulary.facts import facts
from tests.contract.vignettes import SHARED, misses, read, vignettes

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the contract does not lie beside the repository"
)


@pytest.mark.parametrize("path", vignettes("assess"), ids=lambda p: p.stem)
def test_answers_the_vignette_as_expected(path):
    vignette = read(path)
    assert misses(vignette["expect"], assess(vignette["input"])) == []


@pytest.mark.parametrize("path", vignettes("fair_trial"), ids=lambda p: p.stem)
def test_judges_the_charges_of_fair_trial_vignettes(path):
    given, expected = read(path)["input"], read(path)["expect"]
    keys = {"facts", "none_of", "conduct"}
    case = read_case({"person": given.get("alleged_victim"), **{k: given.get(k) for k in keys}})
    fits = {
        judge_charge(case, c["statute"], c["article"]).fit.value for c in given.get("charges") or []
    }
    assert ("does_not_fit" in fits) == ("charge_does_not_fit" in expected["flags~codes"])
    if fits:
        cannot_tell = "charge_does_not_fit" in expected["cannot_tell"]
        assert ("undetermined" in fits) == cannot_tell


def test_keeps_every_fact_code_of_the_contract_with_its_element():
    with (SHARED / "facts.csv").open(encoding="utf-8") as lines:
        given = {r["code"]: r["palermo_element"].replace("-", "_") for r in csv.DictReader(lines)}
    kept = {code: fact.palermo.value for code, fact in facts().items()}
    assert kept.items() >= given.items()
    assert {code.split(".")[0] for code in kept.keys() - given.keys()} == {"knowledge"}


def test_keeps_every_indicator_of_the_contract_with_its_weights():
    with (SHARED / "ilo_indicators.csv").open(encoding="utf-8") as lines:
        given = {r["code"]: tuple(r[p] for p in Profile) for r in csv.DictReader(lines)}
    kept = {c: tuple(i.weights.get(p, "") for p in Profile) for c, i in indicators().items()}
    assert kept == given
