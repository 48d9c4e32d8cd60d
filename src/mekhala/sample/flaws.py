"""What is recorded of invented accused, with the flaws of a study of prisoners at known rates.

``RATES`` is the truth the pages on the quality of convictions must find again within their
intervals. Counsel, complainant and minutes of a hearing are drawn in ``proceedings``: among those
of whom it is known a lawyer was absent in 25 of 85, and so was the complainant.
"""

from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from zlib import crc32

from mekhala.core.check_digit import new_number
from mekhala.pathway.justice.models import (
    Accused,
    Appeal,
    Charge,
    Complaint,
    Custody,
    Hearing,
    Observation,
    Statement,
    Verdict,
)

from . import appeals
from .cases import noon
from .draws import Draws, Weighted
from .proceedings import ACQUITTED, CONVICTED, FINAL
from .proceedings import Accused as InventedAccused
from .proceedings import Proceeding as InventedProceeding
from .rows import Rows

RATES = MappingProxyType({
    "prior_dispute": 0.35,  # of all accused: the complainant had a quarrel with them
    "cannot_read": 0.33,  # of all accused
    "not_read_out": 0.6,  # of those who cannot read: thumb-printed, and nobody read it out
    "confession_only": 0.3,  # of those tried: the judgment names a confession and nothing else
    "law_not_explained": 0.3,  # of those tried
    "no_appeal_for_cost": 0.4,  # of those convicted: no appeal, for want of the fee
    "no_extension": 0.5,  # of those held: no word of the prosecutor on the file
})  # fmt: skip
SAYS = {"yes": True, "no": False, "unknown": None}
COMPLAINED = {
    "victim": "victim",
    "victim_family": "victim_family",
    "ngo": "ngo",
    "police": "police",
}
LANGUAGE = {"KHM": "km", "VNM": "vi", "THA": "th", "CHN": "zh"}
EDUCATION = Weighted({"none": 35, "primary": 35, "lower_secondary": 20, "upper_secondary": 10})
OCCUPATION = Weighted({"farming": 25, "labour": 20, "trade": 30, "sex_work": 10, "home": 15})
PART = {"recruiter": "recruiter", "transporter": "transporter", "owner": "owner",
        "accomplice": "accomplice", "principal": "principal"}  # fmt: skip


def draws_of(number: str) -> Draws:
    """Return a stream of chance of this accused's own: adding a flaw changes nobody else."""
    return Draws(crc32(number.encode()), "flaws")


def describe(row: Accused, one: InventedAccused) -> None:
    """Write what is known of an accused into its row."""
    draws = draws_of(row.number)
    row.literate = not draws.chance(RATES["cannot_read"])
    row.language, row.nationality = LANGUAGE[one.nationality], one.nationality
    row.education, row.occupation = draws.of(EDUCATION), draws.of(OCCUPATION)
    row.part, row.presumed_victim = PART[one.role], SAYS[one.presumed_victim]


def add_entries(
    rows: Rows, row: Accused, invented: InventedProceeding, one: InventedAccused, *,
    charge: Charge | None, today: date,
) -> None:  # fmt: skip
    """Add what is recorded of one accused, as far as the ladder goes."""
    draws = draws_of(f"{row.number} entries")
    by = row.proceeding.opened_by
    told = {"accused": row, "recorded_by": by, "recorded_at": row.proceeding.opened_at}
    rows.add(Complaint(**told, made_by=COMPLAINED[invented.complaint_by],
                       prior_dispute=draws.chance(RATES["prior_dispute"])))  # fmt: skip
    if one.custody_hours is not None:
        rows.add(_custody(one, invented, told, draws))
    rows.add(_statement(row, told, draws))
    tried = [s.on for s in one.ladder if s.stage in (ACQUITTED, CONVICTED)]
    if tried and charge is not None:
        _tried(rows, one, charge, on=tried[0], told=told, draws=draws)
        of_its_own = draws_of(f"{row.number} appeal against the acquittal")
        appeals.add_appeal(rows, one, charge, told=told, draws=of_its_own, today=today)


def _custody(
    one: InventedAccused, invented: InventedProceeding, told: dict[str, Any], draws: Draws
) -> Custody:
    assert one.custody_hours is not None
    since = noon(invented.complaint_on, 8)
    return Custody(
        **told, held_at=since, released_at=since + timedelta(hours=one.custody_hours),
        place="police", offence_class="felony", was_minor=False,
        extended=not draws.chance(RATES["no_extension"]),
    )  # fmt: skip


def _statement(row: Accused, told: dict[str, Any], draws: Draws) -> Statement:
    unread = draws.chance(RATES["not_read_out"])
    if row.literate:
        return Statement(**told, speaker="accused", form="signed", can_read=True)
    return Statement(**told, speaker="accused", form="thumbprint", can_read=False,
                     read_out=not unread, read_by="" if unread else "officer")  # fmt: skip


def _tried(
    rows: Rows, one: InventedAccused, charge: Charge, *, on: date, told: dict[str, Any],
    draws: Draws,
) -> None:  # fmt: skip
    row = charge.accused
    hearing = Hearing(
        number=new_number("HE", lambda most: draws.between(0, most - 1)),
        proceeding=row.proceeding, kind="trial",
        starts_at=noon(on, 9), is_public=True, recorded_by=row.proceeding.opened_by,
        recorded_at=row.proceeding.opened_at,
    )  # fmt: skip
    seen = Observation(
        **told, hearing=hearing, seen_by="clerk", minutes=one.hearing_minutes,
        lawyer=SAYS[one.lawyer], interpreter=SAYS[one.interpreter],
        complainant_present=SAYS[one.complainant_present],
        law_explained=not draws.chance(RATES["law_not_explained"]),
    )  # fmt: skip
    convicted = one.stage in (CONVICTED, FINAL)
    alone = draws.chance(RATES["confession_only"])
    verdict = Verdict(
        **told, charge=charge, instance="first", on=on,
        result="convicted" if convicted else "acquitted",
        statute=charge.statute, article=charge.article,
        sentence_months=12 * one.sentence_years if one.sentence_years else None,
        relied_on=["confession"] if alone else ["victim_statement", "witness_statement"],
    )  # fmt: skip
    rows.add(hearing, seen, verdict)
    if convicted:
        cost = draws.chance(RATES["no_appeal_for_cost"])
        rows.add(Appeal(**told, judged_on=on, filed=not cost,
                        blocked_by=["cost"] if cost else []))  # fmt: skip
