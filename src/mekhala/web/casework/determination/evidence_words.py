"""The facts of a file in words: what each telling says of each, side by side."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mekhala.pathway.determination.models import DeterminationFile, FactRequest, Finding, Source
from mekhala.pathway.determination.queries import joined
from mekhala.web.casework.determination.tellings import (
    earlier_of,
    in_one_line,
    names_of,
    said_in,
    words_of,
)
from mekhala.web.casework.determination.words import KINDS
from mekhala.web.casework.meanings import of_fact

SIDES: tuple[bool | None, ...] = (True, False, None)


def facts_in_words(
    findings: Sequence[Finding], sources: Sequence[Source], *, shown: Iterable[Finding]
) -> list[dict[str, Any]]:
    """Return each fact that ``shown`` speaks of once, with what is said for and against it.

    Whether the sources differ is asked of all findings, also of those that are not shown.
    """
    names, by_pk = names_of(sources), {source.pk: source for source in sources}
    said, kept = said_in(findings), list(shown)
    _facts, differ = joined(findings)

    def told(finding: Finding) -> dict[str, Any]:
        source = by_pk[finding.source_id]
        before = earlier_of(source, finding.code, by_pk, said)
        is_changed = before is not None and before.made_out is not finding.made_out
        return _told(finding) | {
            "source": names[source.pk], "how": in_one_line(source),
            "changed_from": words_of(before.made_out) if before and is_changed else "",
        }  # fmt: skip

    return [
        {
            "meaning": of_fact(code), "code": code, "differ": code in differ,
            "sides": [
                side for answer in SIDES
                if (side := [told(f) for f in kept if f.code == code and f.made_out is answer])
            ],
        }
        for code in dict.fromkeys(f.code for f in kept)
    ]  # fmt: skip


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.pk, "source_id": finding.source_id, "because": finding.because,
        "word": words_of(finding.made_out), "kind": KINDS[finding.made_out],
    }  # fmt: skip


def said_by(source: Source, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return what one telling says, fact by fact."""
    return [_told(f) | {"meaning": of_fact(f.code)} for f in findings if f.source_id == source.pk]


def asked_in_words(
    requests: Iterable[FactRequest], file: DeterminationFile
) -> list[dict[str, Any]]:
    """Return what is still asked for: which fact, in which words, since when and of whom."""
    return [
        {
            "id": asked.pk, "code": asked.code, "fact": of_fact(asked.code),
            "question": asked.question, "at": asked.asked_at, "of": of_whom(asked, file),
        }
        for asked in requests
    ]  # fmt: skip


def of_whom(asked: FactRequest, file: DeterminationFile) -> str:
    """Return of whom a fact is asked, by the part they had in the case; never a name."""
    if asked.asked_of_id is None:
        return _("The authority finds it out")
    if asked.asked_of_id == file.screened_by_id:
        return _("The officer who screened the person")
    if asked.asked_of_id == file.opened_by_id:
        return _("The officer who referred the person")
    return _("An officer who met the person")
