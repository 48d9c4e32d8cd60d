"""Opening a case, and noting further meetings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from mekhala.core import check_digit
from mekhala.core.vocabulary.countries import alpha_2
from mekhala.core.vocabulary.nearest import nearest
from mekhala.core.vocabulary.places import check_code
from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services as forms
from mekhala.forms.models import Submission
from mekhala.pathway.encounter import policies
from mekhala.pathway.encounter.errors import AlreadyACase
from mekhala.pathway.encounter.models import (
    AgeCertainty,
    Case,
    Encounter,
    SafeContact,
    SafeWay,
    Sex,
    UrgentNeed,
)
from mekhala.safeguards.access import services as access
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import services as identities

OLDEST, ADULT_AT = 120, 18


@transaction.atomic
def open_case(
    *,
    by: Officer,
    at: datetime,
    met_at: datetime,
    place_code: str,
    sex: str = Sex.UNKNOWN,
    age: int | None = None,
    age_certainty: str = AgeCertainty.UNKNOWN,
    nationality: str = "",
    language: str = "",
    urgent_needs: Sequence[str] = (),
    consents_to_go_on: bool | None = None,
    was_alone: bool | None = None,
    submission: Submission | None = None,
    identity: Mapping[str, str] | None = None,
) -> Case:
    """Open a case for somebody ``by`` met, with its first encounter; return the case.

    ``age`` is in whole years at the meeting; None, like an empty ``nationality`` (ISO 3166-1
    alpha-3) or ``language`` (BCP 47), is *not known*. ``identity`` holds fields of the vault.
    Raises ``ActRefused`` where the policy says so, ``WrongInput`` for a code that is none.
    """
    policies.check_may_open(by, consents=consents_to_go_on, met_at=met_at, at=at)
    policies.check_unused(submission)
    check_code(place_code)
    person = _person(sex, age, age_certainty, nationality) | {"language": language}
    case = _new_case(person, by=by, at=at)
    number = case.number
    _meet(
        case, by=by, at=at, met_at=met_at, place_code=place_code, urgent_needs=_needs(urgent_needs),
        consents_to_go_on=consents_to_go_on, was_alone=was_alone, submission=submission,
    )  # fmt: skip
    if identity and any(identity.values()):
        identities.keep(number, file_number=number, by=by, at=at, **identity)
    audit.record("encounter.case_opened", subject=number, by=by, at=at, province=place_code[:2])
    return case


@transaction.atomic
def add_encounter(
    *,
    case: Case,
    by: Officer,
    at: datetime,
    met_at: datetime,
    place_code: str,
    urgent_needs: Sequence[str] = (),
    consents_to_go_on: bool | None = None,
    was_alone: bool | None = None,
    submission: Submission | None = None,
) -> Encounter:
    """Note that the person of ``case`` was met again.

    A *no* to going on is kept as it was said, and counted without the case.
    """
    policies.check_may_add(by, case, met_at=met_at, at=at)
    policies.check_unused(submission, case_number=case.number)
    kept = _meet(
        case, by=by, at=at, met_at=met_at, place_code=check_code(place_code),
        urgent_needs=_needs(urgent_needs), consents_to_go_on=consents_to_go_on,
        was_alone=was_alone, submission=submission,
    )  # fmt: skip
    audit.record("encounter.added", subject=case.number, by=by, at=at, province=place_code[:2])
    if consents_to_go_on is False:
        _count_no(case, place_code, by=by, at=at)
    return kept


@transaction.atomic
def correct_meeting(
    *,
    encounter: Encounter,
    by: Officer,
    at: datetime,
    submission: Submission,
    met_at: datetime,
    place_code: str,
    sex: str = Sex.UNKNOWN,
    age: int | None = None,
    age_certainty: str = AgeCertainty.UNKNOWN,
    nationality: str = "",
    language: str = "",
    urgent_needs: Sequence[str] = (),
    consents_to_go_on: bool | None = None,
    was_alone: bool | None = None,
) -> bool:
    """Put right a meeting that came from a filled form, from its correction; say if it changed.

    What was said of the person is put right with it where the meeting is the case's first. What
    stood before stays readable in the form it came from. A *no* that is new is counted. Raises
    ``ActRefused``, ``WrongInput``.
    """
    case = encounter.case
    policies.check_may_add(by, case, met_at=met_at, at=at)
    if encounter.submission_id is None or submission.case_number not in ("", case.number):
        raise AlreadyACase
    said_no = consents_to_go_on is False and encounter.consents_to_go_on is not False
    person = _person(sex, age, age_certainty, nationality) | {"language": language}
    changed = _write(encounter, {
        "met_at": met_at, "place_code": check_code(place_code), "was_alone": was_alone,
        "urgent_needs": _needs(urgent_needs), "consents_to_go_on": consents_to_go_on,
        "submission": submission,
    })  # fmt: skip
    first = case.encounters.order_by("met_at", "id").first()
    if first and first.pk == encounter.pk:
        changed = _write(case, person) or changed
    if not changed:
        return False
    forms.link_to_case(submission, case_number=case.number, by=by, at=at)
    audit.record("encounter.corrected", subject=case.number, by=by, at=at, province=place_code[:2])
    if said_no:
        _count_no(case, place_code, by=by, at=at)
    return True


def _count_no(case: Case, place_code: str, *, by: Officer, at: datetime) -> None:
    """Count that the person of ``case`` did not want to go on, without the case."""
    record_refusal(
        by=by, at=at, place_code=place_code, sex=case.sex, age=case.age,
        age_certainty=case.age_certainty,
    )  # fmt: skip


def _write(row: Case | Encounter, said: Mapping[str, object]) -> bool:
    """Write what is different; return whether anything was."""
    names = [name for name, value in said.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, said[name])
    if names:
        row.save(update_fields=names)
    return bool(names)


@transaction.atomic
def record_refusal(
    *,
    by: Officer,
    at: datetime,
    place_code: str,
    sex: str = Sex.UNKNOWN,
    age: int | None = None,
    age_certainty: str = AgeCertainty.UNKNOWN,
) -> None:
    """Count that somebody did not want to go on, in a table that knows of nobody.

    Kept are the month, the province, the kind of agency, child or adult, and the sex; no case is
    named. An age counts where it is known; otherwise the band is *unknown*.
    """
    policies.check_may_open(by, consents=None, met_at=at, at=at)
    band = _coarse(age if age_certainty == AgeCertainty.KNOWN else None)
    with connection.cursor() as cursor:
        cursor.execute(
            "select encounter_count_refusal(%s, %s, %s, %s, %s)",
            [
                timezone.localdate(at).replace(day=1), check_code(place_code)[:2], by.agency.kind,
                band, _one_of("sex", sex, Sex.values),
            ],
        )  # fmt: skip
    audit.record("encounter.refused", subject="", by=by, at=at, province=check_code(place_code)[:2])


@transaction.atomic
def record_safe_contact(
    *,
    case: Case,
    way: str,
    by: Officer,
    at: datetime,
    hours: str = "",
    through: str = "",
    language: str = "",
    paper_may_be_given: bool | None = None,
    guardian_may_know: bool | None = None,
    words: str = "",
) -> SafeContact:
    """Keep how the person says she or he may be reached; it counts from now on.

    ``way`` is a code of ``SafeWay``; ``language`` is BCP 47, empty: not known. ``through`` is the
    role of the trusted person ("teacher"), never a name. None is *not known*, and then no paper
    is left with the person unasked and no guardian is told.
    """
    policies.check_may_record_safe_contact(by, case, guardian_may_know=guardian_may_know, at=at)
    _one_of("way", way, SafeWay.values)
    if way == SafeWay.TRUSTED_PERSON and not through.strip():
        raise WrongInput("through: it is empty; expected the role of the person trusted, no name.")
    kept = SafeContact.objects.create(
        case=case, way=way, hours=hours.strip(), through=through.strip(), language=language,
        paper_may_be_given=paper_may_be_given, guardian_may_know=guardian_may_know,
        words=words.strip(), asked_by=by, asked_at=at,
    )  # fmt: skip
    audit.record("encounter.safe_contact_asked", subject=case.number, by=by, at=at, way=way)
    return kept


def _new_case(person: dict[str, object], *, by: Officer, at: datetime) -> Case:
    """Open a number to ``by`` and keep the case under it; draw again if the number is taken."""
    while True:
        number = check_digit.new_number("MK")
        try:
            with transaction.atomic():
                access.open_to([by], number, purpose=Purpose.FIRST_CONTACT, by=by, at=at)
                return Case.objects.create(
                    number=number, opened_at=at, opened_by=by, agency=by.agency, **person
                )
        except NotOpenToYou:
            continue  # the number is another file's


def _meet(
    case: Case, *, by: Officer, at: datetime, submission: Submission | None, **told: object
) -> Encounter:
    if submission is not None:
        forms.link_to_case(submission, case_number=case.number, by=by, at=at)
    return Encounter.objects.create(
        case=case, met_by=by, agency=by.agency, submission=submission, **told
    )


def _person(sex: str, age: int | None, age_certainty: str, nationality: str) -> dict[str, object]:
    """Return what is kept of the person, every code checked."""
    if age is not None and not 0 <= age <= OLDEST:
        raise WrongInput(f"age: {age} is no age; expected whole years from 0 to {OLDEST}.")
    if nationality and nationality not in alpha_2():
        near = nearest(nationality, alpha_2())
        raise WrongInput(f"nationality: {nationality[:20]!r} is no ISO 3166-1 alpha-3 code; "
                         f"the nearest is {near!r}.")  # fmt: skip
    return {
        "sex": _one_of("sex", sex, Sex.values),
        "age": age,
        "age_certainty": _one_of("age_certainty", age_certainty, AgeCertainty.values),
        "nationality": nationality,
    }


def _coarse(age: int | None) -> str:
    if age is None:
        return "unknown"
    return "0-17" if age < ADULT_AT else "18+"


def _needs(codes: Sequence[str]) -> list[str]:
    return [_one_of("urgent_needs", code, UrgentNeed.values) for code in dict.fromkeys(codes)]


def _one_of(field: str, word: str, words: list[str]) -> str:
    if word not in words:
        near = nearest(word, words)
        raise WrongInput(f"{field}: {word[:40]!r} is not known; the nearest is {near!r}.")
    return str(word)
