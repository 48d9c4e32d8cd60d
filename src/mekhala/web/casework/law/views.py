"""Reading the law that is kept: in our own words, with its source, verified or not."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mekhala.core.law.statute import Kind, Statute
from mekhala.web.casework.law import shelf, words

PAGE = 50


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """List the statutes kept; with ``?verified=no`` every article nobody has checked."""
    if request.GET.get("verified") == "no":
        return _unverified(request)
    kept = [_row(statute) for statute in shelf.shelf().values()]
    return render(request, "law/index.html", {"statutes": kept})


def _unverified(request: HttpRequest) -> HttpResponse:
    found = [each for each in shelf.articles() if not each.verification.verified]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "articles": [words.line(each) for each in page], "total": len(found)}
    return render(request, "law/unverified.html", told)


@require_safe
@login_required
def one_statute(request: HttpRequest, statute: str) -> HttpResponse:
    """Show one statute: its articles, and the limits of time it sets."""
    kept = _statute(statute)
    return render(request, "law/statute.html", _row(kept) | {
        "articles": [words.line(each) for each in kept.articles],
        "clocks": [words.clock(each, kept) for each in kept.clocks],
    })  # fmt: skip


@require_safe
@login_required
def one_article(request: HttpRequest, statute: str, article: str) -> HttpResponse:
    """Show one article, each of its versions, and its neighbours."""
    kept = _statute(statute)
    found = shelf.versions(kept, article)
    if not found:
        raise Http404
    before, after = shelf.neighbours(kept, article)
    is_offence = any(each.kind is Kind.OFFENCE for each in found)
    return render(request, "law/article.html", {
        "statute": kept, "statute_title": gettext(kept.title), "number": article,
        "versions": [words.version(each, kept) for each in found],
        "rules": words.rules_of(kept, article) if is_offence else [],
        "clocks": [words.clock(each, kept) for each in kept.clocks if each.article == article],
        "earlier": [words.line(each) for each in shelf.earlier_law(statute, article)],
        "before": before, "after": after,
    })  # fmt: skip


def _statute(code: str) -> Statute:
    kept = shelf.shelf().get(code)
    if kept is None:
        raise Http404
    return kept


def _row(statute: Statute) -> dict[str, Any]:
    waits = sum(not each.verification.verified for each in statute.articles)
    return {
        "statute": statute, "title": gettext(statute.title), "articles": len(statute.articles),
        "unverified": waits,
    }  # fmt: skip
