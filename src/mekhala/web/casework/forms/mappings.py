"""Pages: what the answers of a version become; a mapping added; mapped again; taken over."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies as form_policies
from mekhala.forms.models import FormVersion, Submission
from mekhala.intake import queries, services
from mekhala.intake.errors import MappingFaulty
from mekhala.intake.models import State
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.forms.forms import MappingFile

MOST_FAULTS = 100


@login_required
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the mapping that holds for a version, and check and keep another one."""
    found = get_object_or_404(FormVersion.objects.select_related("form").defer("source"), pk=pk)
    by = cast(Officer, request.user)
    sent = request.method == "POST"
    form = MappingFile(request.POST, request.FILES) if sent else MappingFile()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            text = file.read().decode()
            services.add_mapping(found, text, file_name=file.name, by=by, at=timezone.now())
        except MappingFaulty as faulty:
            for fault in faulty.faults[:MOST_FAULTS]:
                form.add_error("file", f"{file.name}: {fault}.")
        except UnicodeDecodeError:
            form.add_error("file", _("%(file)s: is not text in UTF-8.") % {"file": file.name})
        except WrongInput as wrong:
            form.add_error("file", str(wrong))
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mapping is kept. New answers are read by it."))
            return redirect("forms:mapping", pk=pk)
    holding = queries.mapping_of(found)
    return render(
        request, "forms/mapping.html",
        {
            "version": found, "form": form, "holding": holding,
            "faults": queries.faults_of(found, holding)[:MOST_FAULTS] if holding else [],
            "may_map": form_policies.may_add_version(by),
        },
        status=422 if sent else 200,
    )  # fmt: skip


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have all that was sent for a form mapped again, each in its sender's name."""
    if not form_policies.may_add_version(cast(Officer, request.user)):
        raise Http404
    found = get_object_or_404(FormVersion.objects.select_related("form").defer("source"), pk=pk)
    try:
        services.map_again(found.form, by=cast(Officer, request.user), at=timezone.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("All answers to this form are mapped again now."))
    return redirect("forms:mapping", pk=pk)


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a filled form over in one's own name: after a correction, or for who may not."""
    by = cast(Officer, request.user)
    if not form_policies.may_answer(by):
        raise Http404
    found = get_object_or_404(Submission.objects.select_related("version__form"), pk=pk)
    try:
        row = services.take_in(
            found, by=by, at=timezone.now(), without_earlier="without_earlier" in request.POST
        )
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("It still waits.") if row.state == State.WAITS else _("It is taken over.")
        messages.success(request, said)
    return redirect("forms:submission", pk=pk)
