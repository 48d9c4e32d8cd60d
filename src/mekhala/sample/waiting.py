"""What the authority still waits for in the invented country: a fact, and a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mekhala.pathway.determination import queries
from mekhala.pathway.determination import services as determination
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role

from .walk import acting_as

if TYPE_CHECKING:
    from .main_job import Job

FACT = "means.abuse_of_vulnerability"


def ask_for_facts(job: Job, *, files: int = 3) -> int:
    """Ask who screened for a fact in the first files that can be read; return how many."""
    asked = 0
    with acting_as(job.cast.authority[0]) as reader:
        for file in queries.files_to_read(reader, at=job.now)[:files]:
            whom = queries.who_may_answer(file).get("screened")
            determination.ask_for_fact(
                file=file, code=FACT, question="On whom did the person depend? (Invented.)",
                asked_of=whom, by=reader, at=job.now,
            )  # fmt: skip
            asked += 1
    return asked


def ask_again(job: Job) -> int:
    """Have each registrar ask again about the first refusal still open to it; return how many."""
    return sum(_asked_by(officer, job) for officer in Officer.objects.filter(role=Role.REGISTRAR))


def _asked_by(registrar: Officer, job: Job) -> int:
    with acting_as(registrar):
        refused = queries.decisions_to_ask_again(today=job.now.date()).first()
        if refused is None:
            return 0
        determination.ask_again(
            decision=refused, grounds=["new_evidence"], by=registrar, at=job.now,
            because="A paper was found that had not been shown. (Invented.)",
        )  # fmt: skip
        return 1
