"""What the overview of a case shows, put together from its way and the rooms' sections."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mekhala.core.calendar.stages import last_day_to_ask_again
from mekhala.core.vocabulary.countries import country_name
from mekhala.core.vocabulary.places import place_name
from mekhala.pathway.determination.models import Stage, TraffickingStatus
from mekhala.pathway.determination.policies import WHO_ASK_AGAIN
from mekhala.pathway.determination.queries import CaseStatus
from mekhala.pathway.encounter.models import UrgentNeed
from mekhala.pathway.encounter.policies import may_meet
from mekhala.pathway.screening.models import ScreeningOutcome
from mekhala.pathway.screening.policies import may_screen
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent import queries as consents
from mekhala.safeguards.consent.models import Answer
from mekhala.safeguards.consent.policies import HEARD_UNDER
from mekhala.web.casework import clocks
from mekhala.web.casework.cases import sections
from mekhala.web.casework.cases.frame import OpenCase
from mekhala.web.casework.cases.listing import day_and_time
from mekhala.web.casework.languages import language_name


def overview_of(opened: OpenCase, request: HttpRequest) -> dict[str, Any]:
    """Return the context of the overview page."""
    answers = _answers(opened)
    return opened.frame(request.path) | {
        "tasks": [*_tasks(opened), *_to_ask_alone(opened, answers)],
        "help_goes_on": _help_goes_on(opened),
        "clocks": _clocks(opened), "person": _person(opened),
        "stands": _stands(opened), "needs": _needs(opened), "consents": _consents(answers),
        "may_hear_consent": bool(opened.purposes & HEARD_UNDER),
        "sections": _sections(opened),
        "may_meet": may_meet(opened.officer),
    }  # fmt: skip


def _sections(opened: OpenCase) -> list[sections.Section]:
    """Return what each room shows of the case."""
    asked = {"officer": opened.officer, "purposes": opened.purposes, "now": opened.now}
    return [section for ask in sections.of_rooms() if (section := ask(opened.case, **asked))]


def _help_goes_on(opened: OpenCase) -> str:
    """Return that help does not wait; empty where the officer may not know of any question."""
    if not any(step.kind == "file" for step in opened.way):
        return ""
    if opened.status is CaseStatus.NOT_ESTABLISHED:
        return _("Help does not end with a negative decision: what runs goes on, and new help can "
                 "be asked for.")  # fmt: skip
    return _("Help does not wait for any decision: it can be asked for from the first day.")


def _last(opened: OpenCase, kind: str) -> Any:
    return next((step for step in reversed(opened.way) if step.kind == kind), None)


def _tasks(opened: OpenCase) -> list[dict[str, Any]]:
    """Return what the officer can do next, as far as role and purposes let them."""
    number, tasks = opened.case.number, []
    file = _last(opened, "file")
    if may_screen(opened.officer, opened.purposes) and file is None:
        screened = _last(opened, "screening")
        tasks.append({
            "title": _("Screen again") if screened else _("Screen the person"),
            "href": reverse("screening:new", args=[number]),
            "status": "" if screened else _("Not started"),
        })  # fmt: skip
    if _is_open(file) and Purpose.DETERMINATION in opened.purposes:
        words, kind = _clock(file, opened)
        tasks.append({
            "title": _("Read the file: %(stage)s") % {"stage": Stage(file.details["stage"]).label},
            "href": reverse("determination:decision", args=[number]), "status": words,
            "kind": kind,
        })  # fmt: skip
    return [*tasks, *_to_ask_again(opened), *_to_close(opened)]


def _to_close(opened: OpenCase) -> list[dict[str, Any]]:
    """Return the task to close the case, or to open it again, for who leads it."""
    case, by = opened.case, opened.officer
    leads = case.opened_by_id == by.pk and Purpose.FIRST_CONTACT in opened.purposes
    if not (leads or (by.role == Role.REGISTRAR and Purpose.REGISTRATION in opened.purposes)):
        return []
    day = date_format(timezone.localtime(case.closed_at)) if case.closed_at else ""
    return [{
        "title": _("Open the case again") if day else _("Close the case"),
        "href": reverse("retention:close", args=[case.number]),
        "status": _("Closed on %(day)s") % {"day": day} if day else "",
    }]  # fmt: skip


def _to_ask_again(opened: OpenCase) -> list[dict[str, Any]]:
    """Return the task to tell the person that a negative may still be asked again."""
    decided, file = _last(opened, "decision"), _last(opened, "file")
    is_negative = decided and decided.details["status"] == TraffickingStatus.NOT_ESTABLISHED
    if not is_negative or _is_open(file) or opened.officer.role not in WHO_ASK_AGAIN:
        return []
    today, last = clocks.today_of(opened.now), last_day_to_ask_again(clocks.today_of(decided.at))
    until = _("Until %(day)s") % {"day": date_format(last, "DATE_FORMAT")}
    return [{
        "title": _("Tell the person how to ask again, and ask if she or he wishes"),
        "href": reverse("determination:reconsideration", args=[opened.case.number]),
        "status": until if today <= last else _("Only for an exceptional reason"), "kind": "soon",
    }]  # fmt: skip


def _clocks(opened: OpenCase) -> list[dict[str, str]]:
    file = _last(opened, "file")
    if not _is_open(file):
        return []
    words, kind = _clock(file, opened)
    text = _("With the competent authority since %(day)s.") % {"day": day_and_time(file.at)}
    before = _day(file, "not_before")
    if before and clocks.today_of(opened.now) < before:
        text = f"{text} {clocks.recovery(before)}"
    title = str(Stage(file.details["stage"]).label)
    return [{"title": title, "text": text, "status": words, "kind": kind}]


def _is_open(file: Any) -> bool:
    return file is not None and file.details["closed_at"] is None


def _clock(file: Any, opened: OpenCase) -> tuple[str, str]:
    """Return the words of the open question's clock and the kind of its badge."""
    due_on = _day(file, "due_on")
    assert due_on is not None
    return clocks.of_question(
        due_on=due_on, not_before=_day(file, "not_before"),
        is_paused=file.details["paused_at"] is not None, paused_for=file.details["paused_for"],
        today=clocks.today_of(opened.now),
    )  # fmt: skip


def _day(file: Any, name: str) -> date | None:
    written = file.details[name]
    return date.fromisoformat(written) if written else None


def _person(opened: OpenCase) -> list[dict[str, Any]]:
    case, language = opened.case, get_language() or "en"
    age = _("%(age)s years (%(certainty)s)") % {
        "age": case.age, "certainty": case.get_age_certainty_display(),
    }  # fmt: skip
    return [
        {"key": _("Sex"), "value": case.get_sex_display()},
        {"key": _("Age when first met"), "value": "" if case.age is None else age},
        {"key": _("Nationality"),
         "value": country_name(case.nationality, language) if case.nationality else ""},
        {"key": _("Language"), "value": language_name(case.language)},
        {"key": _("Opened by"), "value": case.agency},
    ]  # fmt: skip


def _stands(opened: OpenCase) -> list[dict[str, Any]]:
    """Return the steps so far, in words, the oldest first."""
    return [{"key": day_and_time(step.at), "value": _step(step)} for step in opened.way]


def _step(step: Any) -> str:
    if step.kind == "encounter":
        place = place_name(step.details["place"], get_language() or "en")
        return _("Met in %(place)s. %(wish)s") % {
            "place": place, "wish": _wish(step.details["consents"]),
        }  # fmt: skip
    if step.kind == "screening":
        outcome = ScreeningOutcome(step.details["outcome"]).label
        return _("Screened. First responder's advice: %(outcome)s") % {"outcome": outcome}
    if step.kind == "file":
        return _question(step)
    status = TraffickingStatus(step.details["status"]).label
    return _("Decided: %(status)s") % {"status": status}


def _question(step: Any) -> str:
    """Return a question in words: which one, asked again or not, answered or not."""
    stage = {"stage": Stage(step.details["stage"]).label}
    if step.details["asks_again"] is not None:
        return _("Asked to look again: %(stage)s") % stage
    if step.details["closed_at"] is not None:
        return _("Before the competent authority, which has decided: %(stage)s") % stage
    return _("Before the competent authority: %(stage)s") % stage


def _wish(consents: bool | None) -> str:
    if consents is None:
        return _("Not known whether the person wants to go on.")
    if consents:
        return _("The person wants to go on.")
    return _("The person does not want to go on.")


def _needs(opened: OpenCase) -> list[str]:
    met = _last(opened, "encounter")
    return [str(UrgentNeed(code).label) for code in met.details["needs"]] if met else []


def _answers(opened: OpenCase) -> list[consents.Standing]:
    """Return what the person said about sharing, as far as the officer may know it."""
    if not opened.purposes & HEARD_UNDER:
        return []
    return consents.table(opened.case.number, now=opened.now)


def _to_ask_alone(opened: OpenCase, answers: list[consents.Standing]) -> list[dict[str, Any]]:
    """Return the task to ask again, alone, for a yes that was given before others."""
    if not any(a.stands and a.own and a.own.asked_alone is False for a in answers):
        return []
    return [{
        "title": _("Ask again about sharing, alone"),
        "href": reverse("consent:page", args=[opened.case.number]),
        "status": _("A yes was given before others"), "kind": "soon",
    }]  # fmt: skip


def _consents(answers: list[consents.Standing]) -> dict[str, Any]:
    """Return how many answers stand, and those taken back first: in words, not names."""
    own = [a.own for a in answers if a.own is not None]
    return {
        "given": sum(a.stands for a in answers),
        "refused": sum(c.answer == Answer.REFUSED for c in own),
        "withdrawn": sum(c.answer == Answer.WITHDRAWN for c in own),
        "asked": bool(answers),
    }
