"""Questions to the authority's file. Nothing here changes anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef

from mekhala.core.reasoning.age_then import age_then
from mekhala.core.reasoning.assess import assess
from mekhala.core.reasoning.conduct import read_partial_date
from mekhala.core.vocabulary.person import AgeCertainty
from mekhala.pathway.determination import clock
from mekhala.pathway.determination.models import (
    ClockChange,
    Decision,
    DeterminationFile,
    FactRequest,
    Finding,
    Reading,
    Recusal,
    Source,
    Volition,
)
from mekhala.pathway.determination.waiting import (
    decisions_to_ask_again,
    files_asked_again,
    files_for_a_further_reader,
    files_overdue,
    files_paused,
    files_recovering,
    files_to_read,
    files_waiting_for_facts,
    open_to_read,
    requests_to,
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
from mekhala.safeguards.access.purposes import Role

WRITTEN = {True: "yes", False: "no", None: "unknown"}
PALERMO = "Palermo Protocol, Article 3"


def open_file_of(case: Case) -> DeterminationFile | None:
    """Return the open file about a case, None where there is none or it is not open to us."""
    return DeterminationFile.objects.filter(case=case, closed_at=None).first()


def newest_file_of(case: Case) -> DeterminationFile | None:
    """Return the file opened last, decided or not."""
    return DeterminationFile.objects.filter(case=case).order_by("-opened_at", "-id").first()


def newest_file_for(case: Case, reader: Officer) -> DeterminationFile | None:
    """Return the file opened last, with ``may_be_read``: whether ``reader`` may read it freely."""
    mine = open_to_read(reader).order_by().filter(pk=OuterRef("pk"))
    found = DeterminationFile.objects.filter(case=case).annotate(may_be_read=Exists(mine))
    return found.order_by("-opened_at", "-id").first()


def standing_decision(case: Case) -> Decision | None:
    """Return the decision that nothing has replaced."""
    found = Decision.objects.filter(case=case, replaced_by=None)
    return found.select_related("file").first()


def findings_of(file: DeterminationFile) -> list[Finding]:
    """Return every finding about the person, in the order of codes and time, with its source.

    Those of earlier questions of the case too: nothing found is lost when it is asked again.
    """
    found = Finding.objects.filter(file__case=file.case_id).select_related("source__file", "file")
    return list(found if file.closed_at is None else found.filter(recorded_at__lte=file.closed_at))


def sources_of(file: DeterminationFile) -> list[Source]:
    """Return every source about the person, the oldest telling first, undated ones last."""
    found = Source.objects.filter(file__case=file.case_id).select_related("file")
    return list(found.order_by(F("said_on").asc(nulls_last=True), "id"))


def requests_of(file: DeterminationFile) -> list[FactRequest]:
    """Return the facts still asked for in a file, the oldest request first."""
    return list(
        FactRequest.objects.filter(file=file, ended_at=None).select_related("asked_of", "file")
    )


def who_may_answer(file: DeterminationFile) -> dict[str, Officer]:
    """Return the officers to whom a question may be returned: who ``screened``, who ``referred``.

    Only those who still serve; one who did both is there once. The authority's own officers are
    not: what they can find out they add to the file themselves.
    """
    asked = {"screened": file.screened_by_id, "referred": file.opened_by_id}
    serving = Officer.objects.filter(is_active=True).exclude(role=Role.AUTHORITY)
    officers = serving.in_bulk([pk for pk in asked.values() if pk])
    if asked["referred"] == asked["screened"]:
        del asked["referred"]
    return {word: officers[pk] for word, pk in asked.items() if pk in officers}


def clock_changes_of(case: Case) -> list[ClockChange]:
    """Return how the clocks of a case were changed, the newest change first."""
    found = ClockChange.objects.filter(file__case=case).select_related("file")
    return list(found.order_by("-changed_at", "-id"))


def decisions_of(case: Case) -> list[Decision]:
    """Return every decision about a case with its question, the newest first."""
    found = Decision.objects.filter(case=case).select_related("file", "replaced_by")
    return list(found.order_by("-decided_at", "-id"))


def readings_of_decided(case: Case) -> list[Reading]:
    """Return the readings behind the decisions of a case; none of a question still open."""
    found = Reading.objects.filter(file__case=case, file__closed_at__isnull=False)
    return list(found.select_related("reader__agency", "file"))


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
    document = {
        "case": file.case.number,
        "conduct": {k: v for k, v in (("from", file.conduct_from), ("to", file.conduct_to)) if v},
        "person": _person_then(file),
        "facts": {code: WRITTEN[made_out] for code, made_out in facts.items()},
    }
    return assess(document) | {"facts": document["facts"], "sources_differ": list(differ)}


def _person_then(file: DeterminationFile) -> dict[str, Any]:
    """Return the person as of the day the conduct began: the child rule looks at that day."""
    case, began = file.case, file.conduct_from
    age, certainty = age_then(
        case.age, AgeCertainty(case.age_certainty), met_on=clock.today_of(case.opened_at),
        began=read_partial_date(began, where="conduct_from") if began else None,
    )  # fmt: skip
    return {"age": age, "age_certainty": certainty.value, "sex": case.sex}


def as_kept(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return an assessment as a decision keeps it: what was found, without what was yet to ask.

    The tree and the questions follow from the facts, which are kept, at any time.
    """
    palermo = {key: value for key, value in outcome["palermo"].items() if key != "tree"}
    left_out = ("ask_next", "not_assessed")
    return {k: v for k, v in outcome.items() if k not in left_out} | {"palermo": palermo}


def as_counted(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an assessment is counted and so lies in clear: codes, no fact, no word."""
    return {
        "unknown_elements": list(outcome["palermo"].get("missing", ())),
        "sources_differ": bool(outcome.get("sources_differ")),
    }


def as_weighed(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings, their sources with them, as a decision keeps them."""
    return [
        {
            "code": f.code, "made_out": f.made_out, "because": f.because,
            "source": f.source_id, "source_kind": f.source.kind, "manner": f.source.manner,
            "who": f.source.who,
            "said_on": f.source.said_on.isoformat() if f.source.said_on else None,
            "recorded_at": f.recorded_at.isoformat(),
        }
        for f in findings
    ]  # fmt: skip


def article_of(outcome: Mapping[str, Any]) -> str:
    """Return the citation a decision rests on: Palermo, and the most specific offence made out."""
    met = [o for o in outcome["offences"] if o["finding"] == "met"]
    domestic = f"; {met[0]['statute']} Article {met[0]['article']}" if met else ""
    return f"{PALERMO}{domestic}"


def own_reading(file: DeterminationFile, officer: Officer) -> Reading | None:
    """Return the officer's own reading of a file, None if there is none yet.

    It has ``reads``: how many have read the file so far, not what they answered.
    """
    own = Reading.objects.filter(file=file, reader=officer).select_related("file")
    return own.annotate(reads=Count("file__readings")).first()


def readings_shown_to(file: DeterminationFile, officer: Officer) -> list[Reading]:
    """Return the readings an officer may see: all once the file is decided, else only the own.

    Nobody reads a file knowing what another reader answered.
    """
    found = Reading.objects.filter(file=file).select_related("file")
    return list(found if file.closed_at else found.filter(reader=officer))


def readings_that_count(file: DeterminationFile) -> list[Reading]:
    """Return the readings that can settle a file: not of who declared a tie after reading."""
    tied = Recusal.objects.filter(case=file.case_id).values("officer")
    found = Reading.objects.filter(file=file).exclude(reader__in=tied)
    return list(found.select_related("reader__agency"))


def reads_so_far(file: DeterminationFile) -> int:
    """Return how many officers have read a file; not what they answered."""
    return Reading.objects.filter(file=file).count()


__all__ = [
    "CaseStatus",
    "Way",
    "article_of",
    "as_counted",
    "as_kept",
    "as_weighed",
    "assessment",
    "clock_changes_of",
    "decisions_of",
    "decisions_to_ask_again",
    "files_asked_again",
    "files_for_a_further_reader",
    "files_overdue",
    "files_paused",
    "files_recovering",
    "files_to_read",
    "files_waiting_for_facts",
    "findings_of",
    "joined",
    "newest_file_for",
    "newest_file_of",
    "open_file_of",
    "open_to_read",
    "own_reading",
    "readings_of_decided",
    "readings_shown_to",
    "readings_that_count",
    "reads_so_far",
    "requests_of",
    "requests_to",
    "sources_of",
    "standing_decision",
    "status_of",
    "statuses",
    "ways",
    "who_may_answer",
    "with_status",
]  # fmt: skip


def volition_of(case: Case) -> Volition | None:
    """Return where the person's way was last placed on the continuum; None: nowhere yet."""
    return Volition.objects.filter(file__case=case).select_related("placed_by").first()
