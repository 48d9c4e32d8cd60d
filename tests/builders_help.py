"""Invented services, decisions, consents and referrals, on top of ``builders``."""

from datetime import timedelta

from mekhala.pathway.determination.models import Decision, DeterminationFile, TraffickingStatus
from mekhala.pathway.directory.models import Service
from mekhala.pathway.encounter.queries import is_known_adult
from mekhala.pathway.referral import services as referrals
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.consent.models import Answer, DataClass, Speaker
from mekhala.safeguards.consent.services import record_answer
from tests.builders import NOW, agency, case, officer, open_to


def service(of=None, *, free=2, total=None, **more):
    """Return an invented house with ``free`` places that takes anybody, confirmed today."""
    total = free if total is None else total
    more = {
        "name": "House A", "need": "shelter", "takes_sexes": ["female", "male", "other"],
        "languages": ["km"], "province_code": "12", "confirmed_at": NOW - timedelta(hours=2),
    } | more  # fmt: skip
    return Service.objects.create(
        agency=of or agency(AgencyKind.PROVIDER), places_total=total, places_free=free, **more
    )


def provider(of):
    """Return a provider at the agency that runs a service."""
    return officer(Role.PROVIDER, at=of.agency)


FAR = NOW + timedelta(days=36500)  # beyond the clock of any test


def yes(made, to, *, by, answer=Answer.GIVEN, at=NOW, data_class=DataClass.NEEDS, **more):
    """Record that the person lets a service's agency know what is needed, or what else is named.

    Known adults, as most people of the tests, answer for themselves; for the others an appointed
    person answers beside them.
    """
    before = become(by.pk)
    adult = is_known_adult(made)
    about = {
        "recipient": to.agency.code, "purpose": Purpose.SUPPORT, "data_class": data_class,
        "answer": answer, "by": by, "at": at, "is_adult": adult,
        "until": FAR if answer == Answer.GIVEN else None,
    } | more  # fmt: skip
    kept = record_answer(made.number, **about)
    if not adult and answer == Answer.GIVEN and "said_by" not in more:
        record_answer(made.number, **about, said_by=Speaker.APPOINTED, best_interest="no_guardian")
    become(before)
    return kept


def asked(to, *, by=None, urgent="nowhere", **more):
    """Return a referral to a service, asked with consent by a first responder.

    A place in a house is asked for as one that cannot wait for the ministry, unless told otherwise.
    """
    by = by or officer()
    made = case(by, **more)
    yes(made, to, by=by)
    become(by.pk)
    return referrals.ask(
        case=made, service=to, need=to.need, by=by, at=NOW, urgent=urgent
    )  # fmt: skip


def registrar_with_case(**more):
    """Return a registrar and a case that is open to her for registration."""
    first, registrar = officer(), officer(Role.REGISTRAR)
    made = case(first, **more)
    open_to(registrar, made.number, Purpose.REGISTRATION, by=first)
    return registrar, made


def decision(made, status=TraffickingStatus.RECOGNISED, *, replaces=None, at=NOW):
    """Return a decision of two invented officers of the authority on a case."""
    reader, second = officer(Role.AUTHORITY), officer(Role.AUTHORITY)
    open_to(reader, made.number, Purpose.DETERMINATION, by=reader)
    before = become(reader.pk)
    file = DeterminationFile.objects.create(
        case=made,
        stage="conclusive_grounds",
        opened_at=at,
        opened_by=reader,
        due_on=at.date(),
        closed_at=at,
        asks_again=replaces,
        asked_because="New evidence." if replaces else "",
    )
    kept = Decision.objects.create(
        file=file, case=made, status=status, article="Palermo Protocol, Art. 3", outcome={},
        reasons=[], decided_by=reader, second_reader=second, decided_at=at, replaces=replaces,
    )  # fmt: skip
    become(before)
    return kept
