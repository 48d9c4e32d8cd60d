"""Pages: who is trained in which form, a training recorded, and the forms filled for practice."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies, queries, services, training
from mekhala.forms.models import FormVersion
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web.officers import officer_of

OFFICERS_ON_A_PAGE = 10
ON_A_PAGE = 50


class _Officers(forms.ModelChoiceField):
    def label_from_instance(self, obj: Officer) -> str:
        return f"{obj.shown_as}, {obj.agency.name}"


class _Versions(forms.ModelChoiceField):
    def label_from_instance(self, obj: FormVersion) -> str:
        return f"{obj.title}, {obj.version}" if obj.version else obj.title


class TrainingForm(forms.Form):
    """Who was trained in which form, and when."""

    officer = _Officers(
        Officer.objects.none(), label=gettext_lazy("Officer"), empty_label="",
        error_messages={"required": gettext_lazy("Choose the officer who was trained.")},
    )  # fmt: skip
    version = _Versions(
        FormVersion.objects.none(), label=gettext_lazy("Form and version"), empty_label="",
        error_messages={"required": gettext_lazy("Choose the form and its version.")},
    )  # fmt: skip
    held_on = forms.DateField(label=gettext_lazy("Day of the training"))

    def __init__(self, *args: object, by: Officer, **more: object) -> None:
        """Offer the officers ``by`` records trainings of, and every version that was in use."""
        super().__init__(*args, **more)  # type: ignore[arg-type]
        handed = queries.versions_handed_out().defer("source", "xform")
        self.fields["officer"].queryset = training.officers_trained_by(by)  # type: ignore[attr-defined]
        self.fields["version"].queryset = handed.order_by("form__title", "-uploaded_at")  # type: ignore[attr-defined]


@login_required
@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """Show where officers stand with each form in use; an officer sees the own line only."""
    by = _sees(request)
    found = training.officers_trained_by(by)
    page = Paginator(found, OFFICERS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = training.standings(page, queries.versions_offered())
    shown = [(who, [line for line in lines if line.officer.pk == who.pk]) for who in page]
    return render(
        request, "forms/training.html",
        {"page": page, "shown": shown, "may_train": policies.may_train(by)},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record a training that was held."""
    by = officer_of(request)
    if not policies.may_train(by):
        raise Http404
    sent = request.method == "POST"
    form = TrainingForm(request.POST if sent else None, by=by)
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            services.record_training(
                given["officer"], given["version"], held_on=given["held_on"], by=by,
                at=timezone.now(),
            )  # fmt: skip
        except WrongInput as wrong:
            form.add_error(None, str(wrong))
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The training is recorded."))
            return redirect("forms:training")
    status = 422 if sent else 200
    return render(request, "forms/record_training.html", {"form": form}, status=status)


@login_required
@require_GET
def practice(request: HttpRequest) -> HttpResponse:
    """List the forms filled for practice: one's own; for who trains, those of the trained."""
    by = _sees(request)
    found = queries.practice_seen_by(by)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/practice.html", {"page": page, "may_train": policies.may_train(by)}
    )


def _sees(request: HttpRequest) -> Officer:
    """Return who fills forms or trains; for others these pages do not exist."""
    officer = officer_of(request)
    if not (policies.may_answer(officer) or policies.may_train(officer)):
        raise Http404
    return officer
