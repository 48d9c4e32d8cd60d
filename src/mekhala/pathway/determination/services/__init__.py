"""The acts of the competent authority, and referring a person to it."""

from mekhala.pathway.determination.services.asking_again import ask_again
from mekhala.pathway.determination.services.clocks import (
    end_minimum,
    extend,
    let_go_on,
    pause,
)
from mekhala.pathway.determination.services.evidence import (
    Told,
    record_conduct,
    record_finding,
    record_findings,
    record_source,
)
from mekhala.pathway.determination.services.explaining import place_on_continuum
from mekhala.pathway.determination.services.fact_requests import (
    answer_request,
    ask_for_fact,
    take_back_request,
)
from mekhala.pathway.determination.services.letters import (
    approve_letter,
    hand_over_letter,
    prepare_letter,
    withdraw_letter,
)
from mekhala.pathway.determination.services.reading import declare_tie, record_reading
from mekhala.pathway.determination.services.referring import open_file, refer_to_authority

__all__ = [
    "Told",
    "answer_request",
    "approve_letter",
    "ask_again",
    "ask_for_fact",
    "declare_tie",
    "end_minimum",
    "extend",
    "hand_over_letter",
    "let_go_on",
    "open_file",
    "pause",
    "place_on_continuum",
    "prepare_letter",
    "record_conduct",
    "record_finding",
    "record_findings",
    "record_reading",
    "record_source",
    "refer_to_authority",
    "take_back_request",
    "withdraw_letter",
]
