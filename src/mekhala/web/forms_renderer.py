"""Django forms in GOV.UK markup: named as FORM_RENDERER in the settings.

The templates lie in ``templates/django/forms/``. This module only says which class
each kind of control carries, so that a template need not guess.
"""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

# The first that fits is taken, so a special kind stands before the kind it comes from.
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.Select, "govuk-select"),
    (forms.SelectDateWidget, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (Input, "govuk-input"),
    (forms.MultiWidget, "govuk-input"),
)
_TYPED = (
    forms.Textarea,
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.TelInput,
    forms.URLInput,
    forms.SearchInput,
)


class GovukBoundField(BoundField):
    """A field that knows the GOV.UK classes of its control."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add classes, and keep browsers from remembering or checking what is typed.

        Facts about other people are never offered by a browser again, nor sent to its
        spelling service; a field about the user's own account names its ``autocomplete``.
        """
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        if isinstance(widget, _TYPED):
            attrs = {"autocomplete": "off", "spellcheck": "false", **widget.attrs, **attrs}
        return attrs | {"class": _classes(widget, attrs, in_error=bool(self.errors))}


def _classes(widget: forms.Widget, attrs: dict[str, Any], *, in_error: bool) -> str:
    """The GOV.UK class of the control, its error class, and what the form's author added."""
    block = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
    wrong = f"{block}--error" if in_error and block and "__" not in block else ""
    added = attrs.get("class") or widget.attrs.get("class", "")
    return " ".join(filter(None, (block, wrong, added)))


class GovukRenderer(TemplatesSetting):
    """Finds form and field templates where the pages' templates are found."""

    form_template_name = "django/forms/govuk_form.html"
    field_template_name = "django/forms/govuk_field.html"
    bound_field_class = GovukBoundField
