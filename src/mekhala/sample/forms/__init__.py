"""The shipped forms, as XLSForm in Markdown tables: the Card and the screening form.

English wording is the project's own; the other languages are machine translated and say so in
their ``review`` and ``note`` columns. A question about a fact is named after the fact's code
with its dot replaced (``act_recruitment`` for ``act.recruitment``); indicators are choices
named with their codes.
"""

from __future__ import annotations

from importlib import resources

FORMS = ("first_contact", "screening")


def form_text(form_id: str) -> str:
    """The XLSForm of one shipped form (one of ``FORMS``) as Markdown text."""
    return resources.files(__package__).joinpath(f"{form_id}.md").read_text(encoding="utf-8")


def fact_code(question: str) -> str:
    """The fact code that a question of the screening form asks about."""
    return question.replace("_", ".", 1)
