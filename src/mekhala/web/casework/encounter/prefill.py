"""What a form that was sent in already says, put into the page for an officer to check."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import get_default_timezone

from mekhala.forms.models import Submission
from mekhala.intake.people import OF_A_PERSON as PERSON
from mekhala.intake.plan import meeting_of
from mekhala.intake.queries import asked_of, mapping_of
from mekhala.pathway.directory.languages import LANGUAGES
from mekhala.pathway.encounter.models import AgeCertainty, Sex, UrgentNeed
from mekhala.safeguards.identity.models import FIELDS
from mekhala.web.casework.answers import KEPT, NO, YES

# Our codes for the needs of the shipped Card (``forms/instruments/card.md``).
NEEDS = {
    "safe_place": UrgentNeed.SAFETY, "protection": UrgentNeed.SAFETY,
    "medical": UrgentNeed.HEALTH, "food_and_clothes": UrgentNeed.FOOD,
    "interpreter": UrgentNeed.INTERPRETER, "contact_family": UrgentNeed.CONTACT_FAMILY,
}  # fmt: skip


def unused(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return the forms sent in from which no case has been opened yet."""
    return submissions.filter(case_number="", is_practice=False)


def from_form(submission: Submission, *, province: str) -> dict[str, Any]:
    """Return initial values for a first meeting, by the mapping of the form if it has one.

    ``province``: of the officer's agency, where the mapping lets it stand for the place.
    """
    holding = mapping_of(submission.version)
    if holding is None:
        return from_card(submission)
    told = meeting_of(
        holding.mapping, asked_of(submission.version), submission.answers, province=province,
        zone=get_default_timezone(),
    )  # fmt: skip
    said = {True: YES, False: NO}
    asked = {n: said[told[n]] for n in ("consents_to_go_on", "was_alone") if told.get(n) in said}
    plain = {
        n: told[n] for n in (*PERSON, *FIELDS, "urgent_needs") if told.get(n) not in (None, "")
    }
    met_at = told.get("met_at") or submission.received_at
    place = str(told.get("place_code") or "")
    return asked | plain | {
        "submission": submission.pk, "met_at": min(met_at, submission.received_at),
        "province": place[:2], "place": place if len(place) > 2 else "",
    }  # fmt: skip


def from_card(submission: Submission) -> dict[str, Any]:
    """Return initial values for a first meeting; what the Card does not say stays unchosen.

    Codes of another form, or that we do not have, are left out rather than guessed.
    """
    said = {path.rsplit("/", 1)[-1]: answer for path, answer in submission.answers.items()}
    told: dict[str, Any] = {"submission": submission.pk, "met_at": _met_at(said, submission)}
    told |= _chosen(said, "wants_to_go_on", KEPT, into="consents_to_go_on")
    told |= _chosen(said, "age_certainty", AgeCertainty.values)
    told |= _chosen(said, "language", LANGUAGES)
    if said.get("sex") in ("not_known", "not_said"):
        told["sex"] = Sex.UNKNOWN.value
    told |= _chosen(said, "sex", Sex.values)
    if str(said.get("age", "")).isdigit():
        told["age"] = int(str(said["age"]))
    return told | {"urgent_needs": _needs(said), "place": str(said.get("place_text") or "")}


def _chosen(said: Mapping[str, Any], key: str, known: Any, *, into: str = "") -> dict[str, Any]:
    return {into or key: said[key]} if said.get(key) in known else {}


def _needs(said: Mapping[str, Any]) -> list[str]:
    given = said.get("urgent_needs") or []
    codes = given.split() if isinstance(given, str) else given
    return list(dict.fromkeys(NEEDS[code].value for code in codes if code in NEEDS))


def _met_at(said: Mapping[str, Any], submission: Submission) -> datetime:
    """Return when the Card was begun, as the phone's clock had it, else when it was received."""
    try:
        begun = datetime.fromisoformat(str(said.get("begun_at", "")))
    except ValueError:
        return submission.received_at
    return begun if begun.tzinfo and begun <= submission.received_at else submission.received_at
