"""Consent in rows of words: to whom, for what, which data, until when, and how it was asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.directory.words import language_name
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.consent.models import Answer, Consent, Present, Speaker, Stop
from mekhala.safeguards.consent.queries import Standing


def answers_in_words(
    table: list[Standing], now: datetime, *, names: dict[str, str]
) -> list[dict[str, Any]]:
    """Return what stands, a row for each recipient, purpose and data class ever asked about.

    ``names`` are those of the agencies by their codes.
    """
    return [_row(s, names, now) for s in table]


def _row(standing: Standing, names: dict[str, str], now: datetime) -> dict[str, Any]:
    newest = standing.newest
    return {
        "recipient": names.get(newest.recipient, newest.recipient),
        "purpose": _purpose(newest.purpose),
        "data": newest.get_data_class_display(),
        "stands": stands(standing, now),
        "kind": "for" if standing.stands else "against",
        "asked_at": _day_and_time(newest.asked_at),
        "how": how_asked(newest),
        "not_alone": standing.stands and newest.asked_alone is not True,
        "may_withdraw": standing.own is not None and standing.own.answer == Answer.GIVEN,
        "codes": {
            "recipient": newest.recipient, "purpose": newest.purpose,
            "data_class": newest.data_class,
        },
    }  # fmt: skip


def stands(standing: Standing, now: datetime) -> str:
    """Return what an answer amounts to now: given until, refused, withdrawn or ended."""
    if standing.stands and standing.until:
        return _("Given until %(day)s") % {"day": _day(standing.until)}
    own, beside = standing.own, standing.beside
    if own is None:
        return _("The child was not asked yet")
    if own.answer != Answer.GIVEN:
        return str(own.get_answer_display())
    if own.until is not None and own.until <= now:
        return _("Ended")
    if not own.as_child:
        return _("Withdrawn or refused for the whole file")
    return _waiting(beside)


def _waiting(beside: Consent | None) -> str:
    """Return why the yes of a child does not stand by itself."""
    if beside is not None and beside.answer != Answer.GIVEN:
        return _("The child says yes; who answers for it does not")
    return _("The child says yes; a guardian or appointed person was not asked, or may not answer")


def how_asked(answer: Consent) -> str:
    """Return how an answer was asked for, in a sentence of codes; empty where nothing is known."""
    told = [str(Speaker(answer.said_by).label)] if answer.said_by != Speaker.PERSON else []
    if answer.best_interest:
        told.append(str(answer.get_best_interest_display()))
    if answer.language:
        told.append(_("In %(language)s") % {"language": language_name(answer.language)})
    if answer.interpreter_of:
        told.append(_("Interpreter: %(whose)s") % {"whose": answer.get_interpreter_of_display()})
    elif answer.interpreter is not None:
        told.append(_("With an interpreter") if answer.interpreter else _("Without interpreter"))
    told += [_alone(answer)]
    told += [str(answer.get_manner_display())] if answer.manner else []
    told += [_("Read out")] if answer.read_out else []
    return ". ".join(told) + "."


def _alone(answer: Consent) -> str:
    if answer.asked_alone:
        return _("Asked alone")
    others = [str(Present(p).label) for p in answer.present if p != Present.ALONE]
    if others:
        return _("Not alone: %(who)s") % {"who": ", ".join(others)}
    return _("Not alone") if answer.asked_alone is False else _("Not known whether alone")


def stops_in_words(stops: Iterable[Stop]) -> list[dict[str, Any]]:
    """Return which agencies were told to stop, and what each has confirmed."""
    kept = list(stops)
    names = _agencies(stop.recipient for stop in kept)
    return [
        {
            "agency": names.get(stop.recipient, stop.recipient),
            "purpose": _purpose(stop.purpose),
            "because": stop.get_because_display(),
            "told_at": _day_and_time(stop.told_at),
            "confirmed": _confirmed(stop),
            "is_confirmed": stop.acknowledged_at is not None,
            "reference": stop.reference,
            "id": stop.pk,
        }
        for stop in kept
    ]


def _confirmed(stop: Stop) -> str:
    if stop.acknowledged_at is None:
        return _("Not confirmed yet")
    said = _("Confirmed on %(day)s: %(held)s")
    return said % {"day": _day(stop.acknowledged_at), "held": stop.get_held_display()}


def _agencies(codes: Iterable[str]) -> dict[str, str]:
    return {a.code: str(a) for a in Agency.objects.filter(code__in=set(codes))}


def _purpose(code: str) -> str:
    return str(Purpose(code).label) if code in Purpose.values else code


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATE_FORMAT")


def _day_and_time(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
