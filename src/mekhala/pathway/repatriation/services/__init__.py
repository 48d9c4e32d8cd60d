"""Acts on a return: begin it, hear the person, check, do a step, seal a file, end it."""

from mekhala.pathway.repatriation.services.exchanging import (
    add_key,
    receive_exchange,
    seal_exchange,
)
from mekhala.pathway.repatriation.services.returns import begin, end, record_check, record_statement
from mekhala.pathway.repatriation.services.steps import confirm_step, record_step, take_back_step

__all__ = [
    "add_key",
    "begin",
    "confirm_step",
    "end",
    "receive_exchange",
    "record_check",
    "record_statement",
    "record_step",
    "seal_exchange",
    "take_back_step",
]
