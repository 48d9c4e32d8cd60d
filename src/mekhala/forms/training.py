"""Questions about training: who practised what, who was trained in what. It bars nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from mekhala.forms import policies
from mekhala.forms.models import FormVersion, Practised, Training
from mekhala.forms.queries import versions_offered
from mekhala.forms.use import named
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one officer stands with one form in use.

    ``trained_on`` and ``trained_version``: the latest training, None and empty for none.
    ``practised``: practice forms finished of any version, ``practised_at`` when last.
    """

    officer: Officer
    version: FormVersion
    trained_on: date | None
    trained_version: str
    is_current: bool
    practised: int
    practised_at: datetime | None

    @property
    def is_missing(self) -> bool:
        """Whether no training in this form was ever recorded."""
        return self.trained_on is None


def officers_trained_by(officer: Officer) -> QuerySet[Officer]:
    """Return who answers forms and whose trainings ``officer`` records; else only the officer."""
    found = Officer.objects.filter(is_active=True, role__in=policies.MEET_PEOPLE)
    found = found.order_by("agency__name", "shown_as", "pk")
    if not policies.may_train(officer):
        return found.filter(pk=officer.pk)
    return found if officer.role == Role.AUTHORITY else found.filter(agency=officer.agency_id)


def not_trained_in(version: FormVersion, officers: QuerySet[Officer]) -> QuerySet[Officer]:
    """Return those of ``officers`` without a training in ``version``.

    Each with ``trained_on``: the day of the latest training in another version, None for none.
    """
    of_form = Q(trainings__version__form=version.form_id)
    found = officers.exclude(trainings__version=version)
    return found.annotate(trained_on=Max("trainings__held_on", filter=of_form))


def standings(officers: Iterable[Officer], versions: Iterable[FormVersion]) -> list[Standing]:
    """Return the standing of each officer with each version in use there, in the order given.

    A training counts for the version it was held in: of an older one it is older than the form.
    """
    who, which = list(officers), list(versions)
    forms = {version.form_id for version in which}
    there = named(version.form for version in which)
    trained: dict[tuple[int, int], list[Training]] = {}
    held = Training.objects.filter(officer__in=who, version__form__in=forms)
    for each in held.select_related("version").defer("version__source", "version__xform"):
        trained.setdefault((each.officer_id, each.version.form_id), []).append(each)
    done: dict[tuple[int, int], list[Practised]] = {}
    finished = Practised.objects.filter(officer__in=who, version__form__in=forms)
    for row in finished.select_related("version").defer("version__source", "version__xform"):
        done.setdefault((row.officer_id, row.version.form_id), []).append(row)
    return [
        _standing(officer, version, trained.get((officer.pk, version.form_id), []),
                  done.get((officer.pk, version.form_id), []))
        for officer in who for version in which
        if version.form.for_all or (version.form_id, officer.agency_id) in there
    ]  # fmt: skip


def _standing(
    officer: Officer, version: FormVersion, held: list[Training], done: list[Practised]
) -> Standing:
    now = [each for each in held if each.version_id == version.pk]
    latest = next(iter(now or held), None)
    return Standing(
        officer=officer, version=version, is_current=bool(now),
        trained_on=latest.held_on if latest else None,
        trained_version=latest.version.version if latest else "",
        practised=sum(row.finished for row in done),
        practised_at=max((row.last_at for row in done), default=None),
    )  # fmt: skip


def own_standing(officer: Officer) -> list[Standing]:
    """Return where an officer stands with each form in use; nothing for who answers none."""
    return standings([officer], versions_offered()) if policies.may_answer(officer) else []
