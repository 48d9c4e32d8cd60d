"""Reading one cell of a table of people: counts, answers, chances; what is empty is unknown."""

import math

from mekhala.core.wrong_input import WrongInput

ANSWERS = {"1": True, "yes": True, "0": False, "no": False, "": None}
LONGEST = 12  # digits; no count of people is longer


def people(text: str, where: str, *, least: int = 0) -> int:
    """A whole number of people; ``where`` names file, row and column for the complaint."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST) or int(text) < least:
        raise WrongInput(f"{where}: {text!r} is not a whole number of people, {least} or more")
    return int(text)


def people_if_known(text: str, where: str, *, least: int = 0) -> int | None:
    """A whole number of people, or None where the cell is empty."""
    return people(text, where, least=least) if text else None


def answer(text: str, where: str) -> bool | None:
    """1 or yes, 0 or no; empty is unknown (None), never no."""
    if text.lower() not in ANSWERS:
        raise WrongInput(f"{where}: {text!r} is not 1, 0 or empty (unknown)")
    return ANSWERS[text.lower()]


def above_zero(text: str, where: str, *, most: float = math.inf) -> float:
    """A finite number above 0, at most ``most``."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (0 < number <= most and math.isfinite(number)):
        upper = f" and at most {most:g}" if math.isfinite(most) else ""
        raise WrongInput(f"{where}: {text!r} is not a number above 0{upper}")
    return number
