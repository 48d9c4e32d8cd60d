"""The application with one guard of the intake taken out, named by the environment: for mutants."""

import os
from typing import Any

from mekhala.config.wsgi import application
from mekhala.forms.services import receiving
from mekhala.web import openrosa
from mekhala.web.field import short_way

__all__ = ["application"]


def _nobody_waits() -> None:
    """Let two copies of one form be kept at the same moment; together they never are."""
    short_way._kept = lambda _request: None
    receiving._LOCK = "select count(i) from unnest(%s::text[]) i"


def _by_id_alone() -> None:
    kept = receiving._kept

    def first_of_this_id(xml: bytes, sent: Any, *more: Any, **by: Any) -> Any:
        around = receiving._around(sent, by["by"])
        before = around.filter(instance_id=sent.instance_id).first()
        if before is not None:
            return receiving.Kept(submission=before, is_new=False)
        return kept(xml, sent, *more, **by)

    receiving._kept = first_of_this_id


def _newest_stands() -> None:
    def state(sent: Any, _version: Any, around: list[Any]) -> Any:
        for one in around:
            if one.instance_id == sent.instance_id and one.state == "received":
                one.state = "replaced"
                one.save(update_fields=["state"])
        return receiving.SubmissionState.RECEIVED

    receiving._state = state


def _cut_unseen() -> None:
    openrosa._bounded = lambda _request: None  # the parser reads what there is


match os.environ.get("INTAKE_MUTANT", ""):
    case "copies do not wait for each other":
        _nobody_waits()
    case "the same id is taken for the same answers":
        _by_id_alone()
    case "other answers under an id take the place of the first":
        _newest_stands()
    case "a body that ends early is read as a shorter one":
        _cut_unseen()
