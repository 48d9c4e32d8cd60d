"""Files with tellings and facts, as officers of the authority keep them."""

from datetime import date, timedelta

from mekhala.core.vocabulary.facts import facts
from mekhala.pathway.determination import services
from mekhala.pathway.determination.services import Told
from mekhala.safeguards.access.acting import become
from tests.builders import NOW
from tests.builders_casework import authority, referred, told

OF_A_PAGE = 15  # queries: twelve, count of files read, key of what was said, a savepoint of a test


def spoken(file, by, answers, *, hours=4, words="In the words used. (Invented.)", **more):
    """Keep a telling and all it says in one act (code → yes, no or None)."""
    source = told(file, by, hours=hours, **({"kind": "person"} | more))
    services.record_findings(
        file=file, source=source, by=by, at=NOW + timedelta(hours=hours),
        told=[Told(code=code, made_out=a, because=words) for code, a in answers.items()],
    )  # fmt: skip
    return source


def changed_statement(file, by):
    """Keep two tellings of one person, the second against the first."""
    first = spoken(
        file, by, {"means.force": False}, words="Nobody forced me.", said_on=date(2026, 3, 4)
    )
    return first, spoken(
        file, by, {"means.force": True}, words="He kept my passport.",
        said_on=date(2026, 3, 9), follows=first, in_between="Four days in a safe house.",
    )  # fmt: skip


def asked(file, by, code="means.force", **more):
    """Ask for a fact, of who screened unless another is given."""
    become(by.pk)
    more = {"asked_of": file.screened_by, "question": "Who held the passport?"} | more
    return services.ask_for_fact(
        file=file, code=code, by=by, at=NOW + timedelta(hours=5), **more
    )  # fmt: skip


def opened(answers=None, **more):
    """Return an open file and an officer of the authority who may read it; run as that officer."""
    (reader, *_) = authority()
    file = referred(answers={} if answers is None else answers, **more)
    become(reader.pk)
    return file, reader


def much(file, by):
    """Keep twelve tellings with thirty facts between them, and a question; return the first."""
    codes = [code for code in facts() if code.startswith(("act", "means", "purpose"))][:30]
    kept = [
        spoken(
            file, by, {codes[(i + j) % 30]: (True, False, None)[i % 3] for j in range(0, 30, 5)},
            kind="witness", who=f"co-worker {i}",
        )
        for i in range(12)
    ]  # fmt: skip
    asked(file, by, code="aggravation.official", asked_of=None)
    return kept[0]
