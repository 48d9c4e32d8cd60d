"""A person's records side by side after the review; conflicting facts stay with their sources."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mekhala.population.linkage.models import LinkageRun, RunState
from mekhala.population.linkage.runs import queries
from mekhala.population.linkage.runs.opening import records_shown
from mekhala.population.linkage.runs.policies import may_see
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.fresh import after_fresh_sign_in
from mekhala.web.casework.linking.comparing import facts
from mekhala.web.officers import officer_of

PAGE = 50


@require_safe
@login_required
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """List the people with several records, by number and lists, to a statistician or a reviewer.

    No name stands here.
    """
    officer, run = officer_of(request), _settled(pk)
    may_count, is_reviewer = may_see(officer), queries.is_reviewer(run, officer)
    if not (may_count or is_reviewer):
        raise Http404
    start = _start(request.GET.get("page", "1"))
    found = queries.people_of(run, start=start, count=PAGE + 1)
    page = {
        "run": run, "people": found[:PAGE], "before": start // PAGE if start else 0,
        "after": start // PAGE + 2 if len(found) > PAGE else 0,
        "is_reviewer": is_reviewer, "may_count": may_count,
    }  # fmt: skip
    return render(request, "linking/people.html", page)


@require_safe
@login_required
@after_fresh_sign_in
def person(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Show what all records of one person say, to a reviewer of the run."""
    officer = officer_of(request)
    run = _settled(pk)
    if not queries.is_reviewer(run, officer):
        raise Http404
    rows = queries.person_shown(run, person)
    records = records_shown([number for number, _source in rows], by=officer)
    read = [(source, record) for source, record in records if record is not None]
    audit.record("linkage.person_shown", subject=run.number, by=officer, at=timezone.now(),
                 person=person, records=len(rows))  # fmt: skip
    page = {
        "run": run, "person": person, "sources": [source for _number, source in rows],
        "facts": facts(read, get_language() or "en"), "unread": len(rows) - len(read),
    }  # fmt: skip
    return render(request, "linking/person.html", page)


def _settled(pk: int) -> LinkageRun:
    return get_object_or_404(queries.runs().filter(state=RunState.SETTLED), pk=pk)


def _start(written: str) -> int:
    return (max(1, int(written)) - 1) * PAGE if written.isdecimal() and len(written) < 6 else 0
