"""Acts on runs: asking, working out, repeating, signing."""

from mekhala.population.estimates.services.asking import ask_run
from mekhala.population.estimates.services.repeating import ask_repeat, repeat_now, work_out_repeat
from mekhala.population.estimates.services.signing import sign
from mekhala.population.estimates.services.working import note_failure, run_now, work_out

__all__ = [
    "ask_repeat", "ask_run", "note_failure", "repeat_now", "run_now", "sign", "work_out",
    "work_out_repeat",
]  # fmt: skip
