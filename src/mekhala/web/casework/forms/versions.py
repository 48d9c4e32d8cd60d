"""Pages: one version read before it is used, compared, put into use, withdrawn, given its files."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies, queries, services
from mekhala.forms.difference import differences
from mekhala.forms.gaps import gaps, languages_without_code
from mekhala.forms.models import FormFile, FormVersion
from mekhala.forms.paper import sheet
from mekhala.forms.preview import code_of, language_for, preview
from mekhala.intake import queries as mappings
from mekhala.intake.use import may_see_use
from mekhala.safeguards.access.errors import ActRefused, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.forms.becoming import becomes
from mekhala.web.casework.forms.forms import AdoptionBackForm, AdoptionForm, FileForm

type Act = Callable[..., FormVersion]
ON_A_PAGE = 50
MOST_GAPS = 200


@login_required
@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: what it lacks, what goes out with it, and every question with its rules."""
    return _shown(request, _version(pk), FileForm())


@login_required
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version to be printed and filled in by pen, in ``?in=`` or the page's language."""
    found = _version(pk)
    read = queries.form_of(found)
    code = code_of(request.GET.get("in", "")) or get_language() or "en"
    language = code_of(language_for(read, code))
    with override(language or get_language()):
        lines = [(line, line.only_if) for line in sheet(read, code)]
    return render(
        request, "forms/paper.html",
        {"version": found, "sheet": lines, "languages": read.languages, "language": language},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file that the form asks for; what is wrong is said on the version's page."""
    found = _version(pk)
    if request.method == "GET":
        return redirect("forms:version", pk=pk)
    if not policies.may_add_version(cast(Officer, request.user)):
        return _shown(request, found, FileForm(), refusal=str(NotYourRole()), status=422)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.add_file(
                found, file.read(), file.name, by=cast(Officer, request.user), at=timezone.now()
            )
        except WrongInput as wrong:
            form.add_error("file", str(wrong))
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The file is kept and goes out with this version."))
            return redirect("forms:version", pk=pk)
    return _shown(request, found, form, status=422)


@login_required
@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a version into use: phones are offered it from now on."""
    return _acted(request, pk, services.put_into_use, _("Phones are offered this version now."))


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a version: phones are offered it no longer."""
    said = _("This version is withdrawn. Filled forms of it are still received.")
    return _acted(request, pk, services.withdraw, said)


@login_required
@require_http_methods(["GET", "POST"])
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the authority adopted a version; what is wrong is said on the version's page."""
    found = _version(pk)
    if request.method == "GET":
        return redirect("forms:version", pk=pk)
    if not policies.may_record_adoption(cast(Officer, request.user)):
        return _shown(request, found, FileForm(), refusal=str(NotYourRole()), status=422)
    form = AdoptionForm(request.POST)
    if form.is_valid():
        try:
            services.record_adoption(
                found, **form.cleaned_data, by=cast(Officer, request.user), at=timezone.now()
            )
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("That this version was adopted is recorded."))
            return redirect("forms:version", pk=pk)
    return _shown(request, found, FileForm(), adopting=form, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def adoption_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an adoption back; what is wrong is said on the version's page."""
    found, officer = _version(pk), cast(Officer, request.user)
    if request.method == "GET":
        return redirect("forms:version", pk=pk)
    if not policies.may_record_adoption(officer):
        return _shown(request, found, FileForm(), refusal=str(NotYourRole()), status=422)
    form = AdoptionBackForm(request.POST)
    if form.is_valid():
        try:
            services.take_back_adoption(found, **form.cleaned_data, by=officer, at=timezone.now())
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The adoption is taken back. Nobody verified this form."))
            return redirect("forms:version", pk=pk)
    return _shown(request, found, FileForm(), taking_back=form, status=422)


@login_required
@require_GET
def media(request: HttpRequest, pk: int, name: str) -> HttpResponse:  # noqa: ARG001
    """Hand a file out by its name to the questionnaire, as a phone gets it."""
    version = get_object_or_404(FormVersion.objects.defer("source", "xform"), pk=pk)
    found = next((each for each in queries.media_of(version) if each.name == name), None)
    if found is None:
        raise Http404
    response = HttpResponse(found.content(), content_type="application/octet-stream")
    response["Content-Disposition"] = "attachment"
    return response


@login_required
@require_GET
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in words what changed since another version, and whether old answers still fit."""
    new = _version(pk)
    others = list(queries.versions_of(new.form).exclude(pk=pk))
    old = _chosen(others, request.GET.get("from", ""), new)
    found = []
    if old:
        old_form = queries.form_of(_version(old.pk))
        found = differences(old_form, queries.form_of(new), page_language=get_language() or "en")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/difference.html",
        {"version": new, "old": old, "others": others, "page": page,
         "not_fitting": sum(not change.fits for change in found), "changes": len(found)},
    )  # fmt: skip


@login_required
@require_GET
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:  # noqa: ARG001
    """Hand out a file that goes out with a version, as a download."""
    found = get_object_or_404(FormFile, pk=file_pk, version=pk)
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.pk}"'
    return response


def _version(pk: int) -> FormVersion:
    return get_object_or_404(
        FormVersion.objects.select_related("form", "uploaded_by__agency").defer("source"),
        pk=pk,
    )


def _shown(
    request: HttpRequest,
    found: FormVersion,
    form: FileForm,
    *,
    adopting: AdoptionForm | None = None,
    taking_back: AdoptionBackForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    read = queries.form_of(found)
    only = request.GET.get("in", "")
    only = only if only in read.languages else ""
    holding = mappings.mapping_of(found)
    asked = mappings.asked_of(found)
    words = becomes(holding.mapping, asked) if holding else {}
    entries = [
        {"shown": shown, "becomes": words.get(shown.entry.path, [])}
        for shown in preview(read, page_language=get_language() or "en", only=only)
    ]
    missing = gaps(read)
    return render(
        request, "forms/version.html",
        {
            "version": found, "form": form, "only": only, "refusal": refusal,
            "may_add": policies.may_add_version(cast(Officer, request.user)),
            "may_see_use": may_see_use(cast(Officer, request.user)),
            "taking_back": taking_back or _taking_back(found, cast(Officer, request.user)),
            "taken_back": list(found.adoptions.exclude(taken_back_at=None)),
            "adopting": adopting or _adopting(found, cast(Officer, request.user)),
            "page": Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page")),
            "gaps": missing[:MOST_GAPS], "gap_count": len(missing),
            "uncoded": languages_without_code(read), "goes_out": _goes_out(found),
            "holding": holding,
            "faults": len(mappings.faults_of(found, holding)) if holding else 0,
        },
        status=status,
    )  # fmt: skip


def _adopting(found: FormVersion, officer: Officer) -> AdoptionForm | None:
    """Return the fields to record an adoption with, where there is one to record."""
    open_ = not found.is_draft and found.adoption is None
    return AdoptionForm() if open_ and policies.may_record_adoption(officer) else None


def _taking_back(found: FormVersion, officer: Officer) -> AdoptionBackForm | None:
    """Return the field to take an adoption back with, where one stands."""
    stands = found.adoption is not None and policies.may_record_adoption(officer)
    return AdoptionBackForm() if stands else None


def _goes_out(found: FormVersion) -> list[dict[str, object]]:
    """Return each file the form asks for: its own, filled from the register, or not there."""
    if not found.asks_for:
        return []
    own = {f.name: f for f in found.files.defer("content")}
    lists = {each.name: each for each in queries.lists_with(found)}
    return [
        {"name": name, "kind": kind, "own": own.get(name), "filled": lists.get(name)}
        for name, kind in sorted(found.asks_for.items())
    ]


def _acted(request: HttpRequest, pk: int, act: Act, said: str) -> HttpResponse:
    found = _version(pk)
    try:
        act(found, by=cast(Officer, request.user), at=timezone.now())
    except ActRefused as refusal:
        return _shown(request, found, FileForm(), refusal=str(refusal), status=422)
    messages.success(request, said)
    return redirect("forms:version", pk=pk)


def _chosen(others: list[FormVersion], asked: str, new: FormVersion) -> FormVersion | None:
    """Return the version to compare with: the one asked for, in use, or kept just before."""
    named = [v for v in others if str(v.pk) == asked]
    in_use = [v for v in others if v.is_offered]
    before = [v for v in others if v.uploaded_at <= new.uploaded_at]
    return next(iter([*named, *in_use, *before, *others]), None)
