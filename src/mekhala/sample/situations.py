"""What happened to the invented people: the situations, and which facts go with each.

Each situation says how often a fact is true in it. Situations of true victims hold an act, a
means and a purpose of Article 3 of the Palermo Protocol; the others lack one of them. How
common each is was chosen to exercise the software and says nothing about any country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

type Chances = Mapping[str, float]


@dataclass(frozen=True, kw_only=True, eq=False)
class Situation:
    """One kind of story. Chances are between 0 and 1; weights are relative.

    ``exploitation`` is the purpose code that is true for the person (None where nobody meant
    to exploit them), ``profile`` the screening profile, or its second half, ``weights`` how
    common it is for woman, man, other, girl and boy, ``nationalities`` factors on that by
    nationality (``*``: all not named), ``countries`` where it takes place.
    """

    code: str
    victim: bool
    exploitation: str | None
    profile: str
    weights: Chances
    act: Chances
    means: Chances
    besides: Chances = field(default_factory=dict)
    indicators: Chances
    nationalities: Chances = field(default_factory=lambda: {"*": 1.0})
    countries: tuple[str, ...] = ("KHM",)


KEPT_IN = {
    "coercion_at_destination.isolation_or_confinement": 0.7,
    "coercion_at_destination.confiscation_of_documents": 0.6,
}
DRIVEN = {
    "exploitation.excessive_hours": 0.8,
    "exploitation.low_or_no_salary": 0.8,
    "exploitation.bad_living_conditions": 0.5,
    "exploitation.very_bad_working_conditions": 0.5,
}
LURED = {
    "deceptive_recruitment.nature_of_job": 0.6,
    "deceptive_recruitment.wages": 0.7,
    "deceptive_recruitment.conditions_of_work": 0.6,
    "recruitment_by_abuse_of_vulnerability.economic_reasons": 0.6,
    "recruitment_by_abuse_of_vulnerability.lack_of_information": 0.3,
}
PRESSED = {
    "coercion_at_destination.violence": 0.4,
    "coercion_at_destination.threats_of_violence": 0.5,
    "coercion_at_destination.debt_bondage": 0.4,
    "coercion_at_destination.withholding_of_wages": 0.5,
    "abuse_of_vulnerability_at_destination.dependency_on_exploiters": 0.4,
}

VICTIMS = (
    Situation(
        code="scam_compound",
        victim=True,
        exploitation="purpose.forced_criminality",
        profile="forced_criminality",
        weights={"woman": 2, "man": 4, "other": 1, "girl": 0.3, "boy": 0.8},
        nationalities={"*": 3, "KHM": 0.6},
        act={"act.recruitment": 0.9, "act.transportation": 0.6, "act.harbouring": 0.7,
             "act.sale_or_exchange": 0.3, "act.confinement": 0.8, "act.border_crossing": 0.6},
        means={"means.deception": 0.9, "means.threat": 0.7, "means.force": 0.4,
               "means.confinement": 0.8},
        besides={"purpose.forced_labour": 0.5, "compelled.fraud": 0.9, "compelled.immigration": 0.4,
                 "aggravation.organised_group": 0.6, "consent.given": 0.3},
        indicators=LURED | KEPT_IN | PRESSED
        | {"exploitation.made_to_commit_offences": 0.9, "exploitation.excessive_hours": 0.8,
           "exploitation.low_or_no_salary": 0.6},
    ),
    Situation(
        code="fishing_boat",
        victim=True,
        exploitation="purpose.forced_labour",
        profile="labour",
        weights={"man": 4, "other": 0.3, "boy": 1.5},
        nationalities={"*": 0, "KHM": 1, "MMR": 4, "THA": 0.5},
        countries=("THA", "THA", "IDN", "MYS", "KHM"),
        act={"act.recruitment": 0.9, "act.transportation": 0.8, "act.transfer": 0.5,
             "act.sale_or_exchange": 0.3, "act.border_crossing": 0.9, "act.harbouring": 0.3},
        means={"means.deception": 0.8, "means.threat": 0.5, "means.force": 0.4,
               "means.abuse_of_vulnerability": 0.5},
        besides={"purpose.debt_bondage": 0.4, "compelled.immigration": 0.6, "consent.given": 0.5,
                 "volition.kind_of_work": 0.6},
        indicators=LURED | DRIVEN | KEPT_IN | PRESSED | {"exploitation.hazardous_work": 0.7},
    ),
    Situation(
        code="building_or_farm_work_abroad",
        victim=True,
        exploitation="purpose.forced_labour",
        profile="labour",
        weights={"woman": 2, "man": 3, "other": 1, "girl": 1, "boy": 1},
        countries=("THA", "THA", "MYS", "VNM", "KHM"),
        act={"act.recruitment": 0.95, "act.transportation": 0.8, "act.harbouring": 0.4,
             "act.border_crossing": 0.8},
        means={"means.deception": 0.85, "means.threat": 0.4, "means.abuse_of_vulnerability": 0.5,
               "means.coercion": 0.5},
        besides={"purpose.debt_bondage": 0.3, "compelled.immigration": 0.5, "consent.given": 0.5,
                 "volition.kind_of_work": 0.5},
        indicators=LURED | DRIVEN | KEPT_IN | PRESSED,
    ),
    Situation(
        code="brick_kiln",
        victim=True,
        exploitation="purpose.debt_bondage",
        profile="labour",
        weights={"woman": 2, "man": 2, "other": 0.5, "girl": 1.5, "boy": 1.5},
        nationalities={"*": 0, "KHM": 1, "VNM": 0.3},
        act={"act.recruitment": 0.8, "act.receipt": 0.6, "act.harbouring": 0.6,
             "act.transfer": 0.2},
        means={"means.abuse_of_vulnerability": 0.9, "means.coercion": 0.5, "means.threat": 0.4},
        besides={"purpose.forced_labour": 0.5, "purpose.child_labour": 0.3, "consent.given": 0.6},
        indicators=DRIVEN | {"coercive_recruitment.debt_bondage": 0.8,
                             "coercion_at_destination.debt_bondage": 0.9,
                             "coercion_at_destination.threats_of_violence": 0.4,
                             "exploitation.hazardous_work": 0.7,
                             "recruitment_by_abuse_of_vulnerability.economic_reasons": 0.8},
    ),
    Situation(
        code="work_in_a_house",
        victim=True,
        exploitation="purpose.servitude",
        profile="labour",
        weights={"woman": 2, "man": 0.2, "other": 0.3, "girl": 2, "boy": 0.4},
        countries=("KHM", "KHM", "MYS", "THA"),
        act={"act.recruitment": 0.8, "act.receipt": 0.6, "act.harbouring": 0.7,
             "act.transfer": 0.4},
        means={"means.deception": 0.6, "means.abuse_of_power": 0.5, "means.threat": 0.4,
               "means.payment_to_controller": 0.3},
        besides={"purpose.forced_labour": 0.6, "consent.given": 0.4},
        indicators=LURED | DRIVEN | KEPT_IN | PRESSED,
    ),
    Situation(
        code="sold_sex_under_control",
        victim=True,
        exploitation="purpose.prostitution_of_others",
        profile="sexual",
        weights={"woman": 3, "man": 0.3, "other": 3, "girl": 3, "boy": 0.6},
        nationalities={"*": 1, "VNM": 3, "THA": 1.5},
        countries=("KHM", "KHM", "THA", "MYS"),
        act={"act.recruitment": 0.8, "act.transportation": 0.4, "act.transfer": 0.4,
             "act.receipt": 0.5, "act.sale_or_exchange": 0.4, "act.procuring": 0.8,
             "act.border_crossing": 0.3, "act.confinement": 0.4},
        means={"means.deception": 0.7, "means.threat": 0.5, "means.force": 0.4,
               "means.abuse_of_vulnerability": 0.5, "means.payment_to_controller": 0.3},
        besides={"purpose.debt_bondage": 0.4, "compelled.soliciting": 0.5, "consent.given": 0.3},
        indicators=LURED | KEPT_IN | PRESSED
        | {"coercion_at_destination.forced_tasks_or_clients": 0.8,
           "exploitation.excessive_hours": 0.5, "exploitation.low_or_no_salary": 0.7,
           "exploitation.bad_living_conditions": 0.5, "exploitation.wage_manipulation": 0.4},
    ),
    Situation(
        code="filmed_abuse",
        victim=True,
        exploitation="purpose.pornography",
        profile="sexual",
        weights={"woman": 0.3, "man": 0.1, "other": 0.2, "girl": 1.2, "boy": 0.8},
        act={"act.recruitment": 0.9, "act.harbouring": 0.3, "act.receipt": 0.4},
        means={"means.deception": 0.6, "means.threat": 0.5, "means.payment_to_controller": 0.4},
        besides={"purpose.other_sexual_exploitation": 0.6, "consent.given": 0.2},
        indicators=PRESSED
        | {"coercive_recruitment.threat_to_inform_others": 0.6,
           "coercion_at_destination.under_strong_influence": 0.7,
           "exploitation.low_or_no_salary": 0.6, "exploitation.very_bad_working_conditions": 0.5,
           "exploitation.bad_living_conditions": 0.4},
    ),
    Situation(
        code="begging_for_others",
        victim=True,
        exploitation="purpose.forced_begging",
        profile="labour",
        weights={"woman": 0.5, "man": 0.5, "other": 0.2, "girl": 2, "boy": 2.5},
        nationalities={"*": 0.2, "KHM": 1, "VNM": 1},
        countries=("THA", "VNM", "KHM"),
        act={"act.recruitment": 0.6, "act.transportation": 0.8, "act.harbouring": 0.6,
             "act.removal_from_guardian": 0.3, "act.border_crossing": 0.7},
        means={"means.abuse_of_vulnerability": 0.8, "means.threat": 0.4, "means.force": 0.3,
               "means.payment_to_controller": 0.5},
        besides={"compelled.immigration": 0.4, "purpose.child_labour": 0.3},
        indicators=DRIVEN | PRESSED
        | {"recruitment_by_abuse_of_vulnerability.difficult_family_situation": 0.7,
           "coercion_at_destination.forced_tasks_or_clients": 0.6,
           "exploitation.no_access_to_education": 0.6},
    ),
    Situation(
        code="marriage_abroad",
        victim=True,
        exploitation="purpose.forced_marriage",
        profile="labour",
        weights={"woman": 1.2, "girl": 0.8, "other": 0.1},
        nationalities={"*": 0, "KHM": 1, "VNM": 1},
        countries=("CHN",),
        act={"act.recruitment": 0.9, "act.transportation": 0.9, "act.transfer": 0.6,
             "act.sale_or_exchange": 0.6, "act.border_crossing": 0.95},
        means={"means.deception": 0.9, "means.abuse_of_vulnerability": 0.5, "means.threat": 0.3,
               "means.payment_to_controller": 0.4},
        besides={"purpose.servitude": 0.6, "compelled.immigration": 0.3, "consent.given": 0.5},
        indicators=KEPT_IN | PRESSED
        | {"deceptive_recruitment.marriage_or_adoption": 0.9,
           "coercive_recruitment.abduction_or_sale": 0.5, "exploitation.low_or_no_salary": 0.5,
           "exploitation.excessive_hours": 0.5, "exploitation.bad_living_conditions": 0.4},
    ),
)  # fmt: skip

OTHERS = (
    Situation(
        code="smuggled_for_a_fee",
        victim=False,
        exploitation=None,
        profile="labour",
        weights={"woman": 2, "man": 3, "other": 1, "girl": 1, "boy": 1.5},
        countries=("THA", "KHM", "VNM"),
        act={"act.transportation": 0.9, "act.border_crossing": 1.0,
             "act.irregular_entry_for_gain": 1.0},
        means={},
        besides={"consent.given": 0.9, "volition.kind_of_work": 0.8, "volition.conditions": 0.6},
        indicators={"recruitment_by_abuse_of_vulnerability.economic_reasons": 0.5,
                    "deceptive_recruitment.travel_conditions": 0.2},
    ),
    Situation(
        code="wage_dispute",
        victim=False,
        exploitation=None,
        profile="labour",
        weights={"woman": 2, "man": 2, "other": 0.7},
        act={"act.recruitment": 0.8},
        means={},
        besides={"consent.given": 0.8, "volition.kind_of_work": 0.9, "volition.worksite": 0.6},
        indicators={"exploitation.low_or_no_salary": 0.7, "exploitation.excessive_hours": 0.5,
                    "exploitation.no_respect_of_labour_law": 0.6,
                    "deceptive_recruitment.wages": 0.3},
    ),
    Situation(
        code="sells_sex_of_own_will",
        victim=False,
        exploitation=None,
        profile="sexual",
        weights={"woman": 1.2, "man": 0.3, "other": 1.5},
        act={"act.managing_prostitution": 0.4},
        means={},
        besides={"consent.given": 1.0, "volition.kind_of_work": 1.0, "volition.conditions": 0.9,
                 "volition.worksite": 0.8},
        indicators={"recruitment_by_abuse_of_vulnerability.economic_reasons": 0.3},
    ),
    Situation(
        code="works_with_the_family",
        victim=False,
        exploitation=None,
        profile="labour",
        weights={"girl": 2, "boy": 2},
        act={"act.transportation": 0.2},
        means={},
        besides={"purpose.child_labour": 0.7},
        indicators={"exploitation.no_access_to_education": 0.4},
    ),
    Situation(
        code="deported_after_free_work",
        victim=False,
        exploitation=None,
        profile="labour",
        weights={"woman": 1, "man": 2, "other": 0.4, "girl": 0.2, "boy": 0.2},
        countries=("THA", "MYS"),
        act={"act.border_crossing": 0.9},
        means={},
        besides={"consent.given": 0.9, "volition.kind_of_work": 1.0, "volition.conditions": 0.9},
        indicators={},
    ),
)  # fmt: skip

SITUATIONS = VICTIMS + OTHERS
