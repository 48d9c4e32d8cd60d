"""The table of acts that need a second signature, as the rooms that do them name them.

A room has a module ``signed_acts`` with ``KINDS``, a tuple of ``Kind``; nothing else is needed.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.four_eyes.models import SecondSignature


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One act: what it is called, whose it is, what it does.

    ``in_words(subject, details)`` says what exactly will happen. ``check(subject, details,
    by=, at=)`` refuses whoever may not ask for it or sign it; it is asked of both. ``act(signature,
    by=, at=)`` does it as soon as it is agreed; None: who asked does it afterwards, once, within
    ``use_within``. ``on_file``: both have the file with the number ``subject`` open.
    ``subject_words``: what a subject is, for acts asked for on the page for all of them.
    """

    code: str
    title: Any
    ask_roles: frozenset[Role]
    answer_roles: frozenset[Role]
    in_words: Callable[[str, Mapping[str, Any]], Any]
    check: Callable[..., None] = lambda subject, details, **by_and_at: None  # noqa: ARG005
    act: Callable[..., object] | None = None
    use_within: timedelta = timedelta(hours=24)
    on_file: bool = False
    subject_words: Any = ""
    only_subject: str = ""


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind by its code; a code named twice is a mistake in the program."""
    found: dict[str, Kind] = {}
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "signed_acts"):
            for kind in importlib.import_module(f"{app.name}.signed_acts").KINDS:
                if kind.code in found:
                    raise ValueError(f"{kind.code} is the code of two kinds")
                found[kind.code] = kind
    return found


def kind_of(signature: SecondSignature) -> Kind:
    """Return what a request asks for."""
    return kinds()[signature.kind]


def in_words(signature: SecondSignature) -> str:
    """Return what exactly happens, or has happened, when it is agreed."""
    return str(kind_of(signature).in_words(signature.subject, signature.details))


def check(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    """Refuse whoever may not ask for or sign this act."""
    kind_of(signature).check(signature.subject, signature.details, by=by, at=at)


def answering_roles() -> frozenset[Role]:
    """Return the roles of which an officer may ever be asked for a second signature."""
    return frozenset(role for kind in kinds().values() for role in kind.answer_roles)
