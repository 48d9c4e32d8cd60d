"""Fields of the forms pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.safeguards.agencies.models import Agency


class UploadForm(forms.Form):
    """One file with a form in it."""

    file = forms.FileField(
        label=_("The form"),
        help_text=_("An XLSForm (.xlsx, .xls, .md) or an XForm (.xml), at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.md,.xml"}),
    )


class AdoptionForm(forms.Form):
    """That the authority adopted a version of a form: when, and by which decision."""

    adopted_on = forms.DateField(label=_("Day of adoption"))
    reference = forms.CharField(
        label=_("Decision or circular"), max_length=200,
        help_text=_("Its number and who signed it for which body, as it is cited."),
    )  # fmt: skip


class AdoptionBackForm(forms.Form):
    """Why an adoption is taken back."""

    because = forms.CharField(
        label=_("Decision that takes it back, or why it was recorded wrongly"), max_length=200,
        help_text=_("It is kept beside the adoption and shown to everybody who reads this form."),
    )  # fmt: skip


class HandedOutForm(forms.Form):
    """To which agencies a form is handed out. Nothing is chosen beforehand but what stands."""

    ALL, NAMED = "all", "named"
    to = forms.ChoiceField(
        label=_("Which agencies use this form?"), widget=forms.RadioSelect,
        choices=[(ALL, _("All agencies")), (NAMED, _("Only those ticked below"))],
    )  # fmt: skip
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.filter(is_active=True), label=_("Agencies"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class FileForm(forms.Form):
    """One file that a form asks for, under the name the form gives it."""

    file = forms.FileField(
        label=_("A file of this form"),
        help_text=_("JPEG, PNG, MP3, WAV or CSV, under the name the form asks for, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.mp3,.wav,.csv"}),
    )


class MappingFile(forms.Form):
    """One file that says what the answers of a form become."""

    file = forms.FileField(
        label=_("The mapping"),
        help_text=_("A file in TOML (.toml): for every question what its answer becomes."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )
