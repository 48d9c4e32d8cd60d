"""Frames, their posts, and planning a round."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys import policies, queries, services
from mekhala.population.surveys.models import Post
from mekhala.web.casework.surveys.door import planners_only, put, readers_only
from mekhala.web.casework.surveys.forms import FrameForm, PostForm, RoundForm
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of


@require_safe
@readers_only
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a frame: whom it covers, whom not, its posts and rounds."""
    officer = officer_of(request)
    found = get_object_or_404(queries.frames_for(officer), pk=pk)
    page = {
        "frame": found,
        "size": whole(found.size) if found.size else "",
        "posts": [_post_row(post) for post in found.posts.all()],
        "rounds": found.rounds.all(),
        "may_plan": policies.may_plan(officer),
    }
    return render(request, "surveys/frame.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@planners_only
def new_frame(request: HttpRequest) -> HttpResponse:
    """Write down a frame."""
    form, officer = FrameForm(request.POST or None), officer_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_frame(**form.cleaned_data, by=officer, at=timezone.now())
        except WrongInput as refusal:
            put(refusal, form)
        else:
            return redirect("surveys:frame", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "surveys/new_frame.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@planners_only
def new_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a post to a frame."""
    form, officer = PostForm(request.POST or None), officer_of(request)
    of = get_object_or_404(queries.frames_for(officer), pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_post(frame=of, **form.cleaned_data, by=officer, at=timezone.now())
        except WrongInput as refusal:
            put(refusal, form)
        else:
            messages.success(request, _("The post is added."))
            return redirect("surveys:frame", pk=pk)
    status = 422 if form.errors else 200
    return render(request, "surveys/new_post.html", {"form": form, "frame": of}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@planners_only
def new_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a round of a frame."""
    officer = officer_of(request)
    of = get_object_or_404(queries.frames_for(officer), pk=pk)
    form = RoundForm(request.POST or None, posts=list(of.posts.all()), initial=_as_before(of))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_round(frame=of, **form.told(), by=officer, at=timezone.now())
        except WrongInput as refusal:
            put(refusal, form)
        else:
            return redirect("surveys:round", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "surveys/new_round.html", {"form": form, "frame": of}, status=status)


def _as_before(of: queries.SamplingFrame) -> dict[str, str]:
    """Return the words of the last round, so that a round that counts the same says the same."""
    last = of.rounds.last()
    names = ("tool", "tool_version", "definition", "method")
    return {name: getattr(last, name) for name in names} if last else {}


def _post_row(post: Post) -> list[object]:
    unknown = _("not known")
    often = unknown if post.frequency is None else f"{post.frequency:g}"
    size = unknown if post.size is None else whole(post.size)
    return [post.name, {"text": often, "numeric": True}, {"text": size, "numeric": True}]
