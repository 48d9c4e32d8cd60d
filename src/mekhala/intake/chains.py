"""Answers and the edits that took their place, as one chain of copies."""

from dataclasses import dataclass

from django.db.models import Q

from mekhala.forms.models import Submission, SubmissionState


@dataclass(frozen=True, kw_only=True)
class Chain:
    """All copies of one filled form; ``standing`` counts, ``is_whole``: the first of them is here.

    ``standing`` is None while nothing of it counts.
    """

    copies: tuple[Submission, ...]
    standing: Submission | None
    is_whole: bool

    @property
    def ids(self) -> list[int]:
        """The ids of all copies."""
        return [copy.pk for copy in self.copies]


def chain_of(submission: Submission) -> Chain:
    """Return what ``submission`` edits and what edits it, back to the first and on to the last."""
    found: dict[str, Submission] = {}
    asked: set[str] = set()
    wanted = {submission.instance_id, submission.deprecated_id} - {""}
    while wanted:
        asked |= wanted
        for copy in _around(submission.agency_id, wanted):
            found[copy.instance_id] = copy
        names = {n for c in found.values() for n in (c.instance_id, c.deprecated_id) if n}
        wanted = names - asked
    edited = {copy.deprecated_id for copy in found.values()}
    last = [c for c in found.values() if c.instance_id not in edited]
    standing = [c for c in last if c.state == SubmissionState.RECEIVED]
    return Chain(
        copies=tuple(found.values()), standing=standing[0] if len(standing) == 1 else None,
        is_whole=all(not c.deprecated_id or c.deprecated_id in found for c in found.values()),
    )  # fmt: skip


def _around(agency: int, ids: set[str]) -> list[Submission]:
    said = Q(instance_id__in=ids) | Q(deprecated_id__in=ids)
    found = Submission.objects.filter(said, agency=agency, is_practice=False)
    found = found.exclude(state=SubmissionState.HELD)
    return list(found.select_related("version__form", "agency").defer(
        "xml", "version__source", "version__xform"
    ))  # fmt: skip
