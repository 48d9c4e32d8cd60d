"""Money and officials: who asked for what, what was taken, and what is said of officials.

What is alleged of an official is neither found nor denied here; it asks to be looked into by
somebody who is not under that official.
"""

from collections.abc import Mapping

from mekhala.core.reasoning.fair_trial.answer import (
    Told,
    answered,
    any_of,
    cannot_tell,
    equals,
    listed,
    sentence,
    yes,
)
from mekhala.core.reasoning.fair_trial.proceeding import Allegation, Demand, Proceeding
from mekhala.core.reasoning.fair_trial.words import OFFICIALS, Demander, PaidFor

DEMANDED = "complaint.payment_demanded_by_complainant"
FAMILY = (Demander.COMPLAINANT, Demander.VICTIM_FAMILY)
WHO: Mapping[Demander | None, str] = {
    Demander.POLICE: "police",
    Demander.PROSECUTOR: "a prosecutor",
    Demander.JUDGE: "a judge",
    Demander.COURT_OFFICIAL: "an official of the court",
    Demander.PRISON_OFFICIAL: "an official of the prison",
    Demander.OTHER_OFFICIAL: "an official",
}
BOUGHT: Mapping[PaidFor | None, str] = {
    PaidFor.RELEASE: " for release",
    PaidFor.ACQUITTAL: " for an acquittal",
    PaidFor.LESSER_SENTENCE: " for a lesser sentence",
    PaidFor.WITHDRAWAL: " for withdrawal of the complaint",
    PaidFor.PROTECTION: " for protection",
}
PAID = {True: "; it was paid", False: "; it was not paid", None: ""}


def bribe_demanded(p: Proceeding) -> Told:
    """Say whether an official asked for money, paid or not."""
    if p.demands is None:
        return cannot_tell("payments_demanded")
    values = [equals(each.by, *OFFICIALS) for each in p.demands]
    value = any_of(values)
    told = [i for i, each in enumerate(values) if each is value]
    said = "; ".join(_demanded(p.demands[i]) for i in told if value)
    paths = (f"payments_demanded[{i}].by" for i in told)
    return answered(value, sentence(said), *paths)


def _demanded(demand: Demand) -> str:
    sum_ = "money" if demand.amount_usd is None else f"USD {demand.amount_usd:,.10g}"
    bought = BOUGHT.get(demand.wanted_for, "")
    return f"{WHO[demand.by]} asked for {sum_}{bought}{PAID[demand.paid]}"


def private_settlement(p: Proceeding) -> Told:
    """Say whether the complainant, or the family, asked for money about the complaint."""
    asked = p.complaint.payment_demanded_by_complainant
    demands = [i for i, each in enumerate(p.demands or ()) if each.by in FAMILY]
    because = "The complainant, or the family, asked for money to drop or not to bring the case."
    if not asked and not demands:
        return answered(asked, because, DEMANDED)
    paths = [DEMANDED] * (asked is True) + [f"payments_demanded[{i}].by" for i in demands]
    return yes(because, *paths)


def official_complicity_alleged(p: Proceeding) -> Told:
    """Say whether an official is said to have taken part or a share."""
    entries = p.officials_alleged
    if entries is None:
        return cannot_tell("officials_alleged")
    value = any_of(True if each.known else None for each in entries)
    told = [i for i, each in enumerate(entries) if each.known is bool(value)]
    who = list(dict.fromkeys(_office(entries[i]) for i in told))
    said = f"{listed(who)} {'are' if len(who) > 1 else 'is'} said to have taken part"
    return answered(value, sentence(said), *(f"officials_alleged[{i}]" for i in told))


def _office(alleged: Allegation) -> str:
    if alleged.by is None:
        return "an official"
    if alleged.by == Demander.POLICE:
        return "a police officer"
    if alleged.by in OFFICIALS:
        return WHO[Demander(alleged.by)]
    words = alleged.by.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def confiscation_before_final(p: Proceeding) -> Told:
    """Say whether property was taken before the judgment was final."""
    because = "Property was taken before the judgment was final."
    return answered(p.confiscated_before_final, because, "confiscation.before_final")
