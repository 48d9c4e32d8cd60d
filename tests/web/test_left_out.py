"""Whoever leaves something out is told what to do, in every form there is."""

import pytest
from django import forms
from django.urls import get_resolver
from django.utils import translation


def _made_here(kind=forms.BaseForm):
    for made in kind.__subclasses__():
        yield from _made_here(made)
        if made.__module__.startswith("mekhala."):
            yield made


@pytest.fixture(scope="module")
def fields():
    get_resolver().url_patterns  # noqa: B018 - reading them brings in every page with its forms
    return [
        (form.__qualname__, name, field)
        for form in _made_here()
        for name, field in form.base_fields.items()
    ]


@pytest.mark.parametrize("language", ["en", "km"])
def test_no_field_says_only_that_it_is_required(fields, language):
    assert len(fields) > 300
    with translation.override(language):
        vague = translation.gettext("This field is required.")
        said = {str(field.error_messages["required"]): (form, name) for form, name, field in fields}
        assert said.get(vague) is None
