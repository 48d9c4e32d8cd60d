"""What stands on every public page."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001
    """Return nothing: a public page knows nothing of its reader."""
    return {}
