"""A remark on figures: which rule, which claims, how heavy, and why in one sentence.

The sentences are templates, so that another language can say the same with the same figures.
"""

from enum import StrEnum
from typing import Any

from mekhala.core.provenance.claim import Claim


class Weight(StrEnum):
    """How a remark is to be taken."""

    SLIP = "slip"  # the figures as printed cannot all hold
    QUESTION = "question"  # they may hold, but somebody must say how
    NOTE = "note"  # how to read the figure; nothing is wrong


SENTENCES: dict[str, tuple[Weight, str]] = {
    "mean_outside_groups": (
        Weight.SLIP,
        "the whole is given as %(whole)s, but its groups as %(parts)s, and a whole stands between "
        "its groups",
    ),
    "mean_not_weighted": (
        Weight.SLIP,
        "the whole is given as %(whole)s, but its groups (%(parts)s) give %(recomputed)s",
    ),
    "one_count_two_percentages": (
        Weight.SLIP,
        "%(percentages)s percent are given for one count, %(count)s, which is %(over)s; a "
        "percentage must say of how many",
    ),
    "shares_do_not_sum": (
        Weight.SLIP,
        "the shares %(parts)s add to %(sum)s percent, more than rounding can explain",
    ),
    "shares_sum_by_rounding": (
        Weight.QUESTION,
        "the shares %(parts)s add to %(sum)s percent; rounding can explain it, or a share is wrong",
    ),
    "parts_do_not_sum": (
        Weight.SLIP,
        "the parts %(parts)s add to %(sum)s, but the whole is given as %(whole)s",
    ),
    "part_above_whole": (
        Weight.SLIP,
        "%(part)s is more than the whole it is part of, %(whole)s",
    ),
    "group_above_its_whole": (
        Weight.SLIP,
        "%(part)s of one group are counted here, but %(whole)s of that group in the whole of which "
        "this is a part; both hold only if somebody is counted under two heads",
    ),
    "longer_period_holds_fewer": (
        Weight.QUESTION,
        "%(long)s, but %(short)s: a longer period cannot hold fewer of the same",
    ),
    "percentage_not_reachable": (
        Weight.SLIP,
        "no whole number of %(size)s gives %(value)s percent; the nearest is %(count)s, which "
        "gives %(nearest)s",
    ),
    "unit_in_doubt": (Weight.QUESTION, "the unit is written %(unit)s"),
    "percentage_of_few": (
        Weight.NOTE,
        "%(count)s of %(size)s: 95 %% interval %(low)s%% to %(high)s%%",
    ),
    "incomplete": (Weight.NOTE, "does not say its %(fields)s"),
    "cited_second_hand": (Weight.NOTE, "cites %(cited)s"),
    "not_about_the_subject": (Weight.NOTE, "%(note)s"),
}


def remark(check: str, *claims: Claim, **said: object) -> dict[str, Any]:
    """A remark on the first of ``claims``, for which the others matter.

    ``check`` names the rule, ``weight`` is slip, question or note, ``because`` the sentence in
    English, ``said`` what stands in its gaps.
    """
    weight, sentence = SENTENCES[check]
    return {
        "claim_id": claims[0].claim_id,
        "check": check,
        "weight": weight.value,
        "because": sentence % said,
        "claims": [claim.claim_id for claim in claims],
        "said": {name: str(value) for name, value in said.items()},
    }
