"""Questions to the authority's file. Nothing here changes anything."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from mekhala.core.reasoning.assess import assess
from mekhala.pathway.determination.models import (
    Decision,
    DeterminationFile,
    Finding,
    Reading,
)
from mekhala.pathway.determination.way import (
    CaseStatus,
    Way,
    status_of,
    statuses,
    ways,
    with_status,
)
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.models import Officer

WRITTEN = {True: "yes", False: "no", None: "unknown"}
PALERMO = "Palermo Protocol, Article 3"


def open_file_of(case: Case) -> DeterminationFile | None:
    """Return the open file about a case, None where there is none or it is not open to us."""
    return DeterminationFile.objects.filter(case=case, closed_at=None).first()


def newest_file_of(case: Case) -> DeterminationFile | None:
    """Return the file opened last, decided or not."""
    return DeterminationFile.objects.filter(case=case).order_by("-opened_at", "-id").first()


def standing_decision(case: Case) -> Decision | None:
    """Return the decision that nothing has replaced."""
    return Decision.objects.filter(case=case, replaced_by=None).first()


def findings_of(file: DeterminationFile) -> list[Finding]:
    """Return every finding of a file, in the order of codes and time."""
    return list(Finding.objects.filter(file=file))


def joined(findings: Iterable[Finding]) -> tuple[dict[str, bool | None], tuple[str, ...]]:
    """Return what the sources together say of each code, and the codes on which they differ.

    Yes if a source says yes and none says no; no if a source says no and none says yes. Where
    they differ, or none knows, it is unknown (None): numbers of sources never outvote one.
    """
    said: dict[str, set[bool]] = {}
    for finding in findings:
        answers = said.setdefault(finding.code, set())
        if finding.made_out is not None:
            answers.add(finding.made_out)
    facts = {code: next(iter(a)) if len(a) == 1 else None for code, a in said.items()}
    return facts, tuple(sorted(code for code, a in said.items() if len(a) > 1))


def assessment(
    file: DeterminationFile, findings: Iterable[Finding] | None = None
) -> dict[str, Any]:
    """Return what the rule makes of the findings as they stand: ``assess`` of the core.

    Beside its answer: ``facts`` (code to yes, no or unknown, as joined) and ``sources_differ``.
    """
    facts, differ = joined(findings_of(file) if findings is None else findings)
    case = file.case
    document = {
        "case": case.number,
        "conduct": {k: v for k, v in (("from", file.conduct_from), ("to", file.conduct_to)) if v},
        "person": {"age": case.age, "age_certainty": case.age_certainty, "sex": case.sex},
        "facts": {code: WRITTEN[made_out] for code, made_out in facts.items()},
    }
    return assess(document) | {"facts": document["facts"], "sources_differ": list(differ)}


def as_weighed(file: DeterminationFile) -> list[dict[str, Any]]:
    """Return each finding of a file as a decision keeps it."""
    return [
        {
            "code": f.code, "made_out": f.made_out, "source_kind": f.source_kind,
            "because": f.because, "said_on": f.said_on.isoformat() if f.said_on else None,
            "recorded_at": f.recorded_at.isoformat(),
        }
        for f in findings_of(file)
    ]  # fmt: skip


def article_of(outcome: Mapping[str, Any]) -> str:
    """Return the citation a decision rests on: Palermo, and the most specific offence made out."""
    met = [o for o in outcome["offences"] if o["finding"] == "met"]
    domestic = f"; {met[0]['statute']} Article {met[0]['article']}" if met else ""
    return f"{PALERMO}{domestic}"


def own_reading(file: DeterminationFile, officer: Officer) -> Reading | None:
    """Return the officer's own reading of a file, None if there is none yet."""
    return Reading.objects.filter(file=file, reader=officer).first()


def readings_shown_to(file: DeterminationFile, officer: Officer) -> list[Reading]:
    """Return the readings an officer may see: all once the file is decided, else only the own.

    Nobody reads a file knowing what another reader answered.
    """
    found = Reading.objects.filter(file=file)
    return list(found if file.closed_at else found.filter(reader=officer))


def reads_so_far(file: DeterminationFile) -> int:
    """Return how many officers have read a file; not what they answered."""
    return Reading.objects.filter(file=file).count()


def files_to_read(officer: Officer) -> QuerySet[DeterminationFile]:
    """Return the open files this officer may still read, the first due first.

    Not those of a person the officer screened, or whom the officer has read about before. Row
    security leaves the files open to the acting officer, who must be ``officer``.
    """
    read = Reading.objects.filter(reader=officer, file__case=OuterRef("case"))
    return (
        DeterminationFile.objects.filter(~Exists(read), closed_at=None)
        .exclude(screened_by=officer)
        .order_by("due_on", "id")
    )


def files_overdue(officer: Officer, *, today: date) -> QuerySet[DeterminationFile]:
    """Return the files to read that should have been decided before ``today``."""
    return files_to_read(officer).filter(due_on__lt=today)


__all__ = [
    "CaseStatus",
    "Way",
    "article_of",
    "as_weighed",
    "assessment",
    "files_overdue",
    "files_to_read",
    "findings_of",
    "joined",
    "newest_file_of",
    "open_file_of",
    "own_reading",
    "readings_shown_to",
    "reads_so_far",
    "standing_decision",
    "status_of",
    "statuses",
    "ways",
    "with_status",
]  # fmt: skip
