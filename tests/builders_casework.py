"""People, cases and files of the first rooms, made by the services themselves."""

from datetime import timedelta

from mekhala.pathway.determination import services as determination
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.screening import services as screening
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import NOW, agency, officer

MADE_OUT = {
    "act.recruitment": True,
    "means.deception": True,
    "purpose.forced_labour": True,
}


def authority(readers=3):
    """Return invented officers of one invented competent authority."""
    board = agency(AgencyKind.COMPETENT_AUTHORITY)
    return [officer(Role.AUTHORITY, at=board) for _ in range(readers)]


def registrar(province="12"):
    """Return an invented registrar of one province."""
    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS, province_code=province))


def met(by, **more):
    """Return a case opened by ``by`` through the service; the test goes on as that officer."""
    become(by.pk)
    told = {
        "met_at": NOW, "place_code": "120101", "sex": "female", "age": 20,
        "age_certainty": "known", "nationality": "KHM", "consents_to_go_on": True,
    } | more  # fmt: skip
    return encounter.open_case(by=by, at=NOW, **told)


def screened(case, by, answers=None, **more):
    """Return a screening that advises to refer."""
    told = {"answers": MADE_OUT if answers is None else answers, "outcome": "refer"} | more
    return screening.record_screening(case=case, by=by, at=NOW + timedelta(hours=1), **told)


def referred(by=None, answers=None, **more):
    """Return an open file of the authority; the test goes on as who referred the person."""
    by = by or officer()
    case = met(by, **more)
    return determination.refer_to_authority(
        screening=screened(case, by, answers), by=by, at=NOW + timedelta(hours=2)
    )


def read(file, by, answer="ActualVictimOfTrafficking", *, days=1, **more):
    """Let ``by`` read the file; the test goes on as that officer."""
    become(by.pk)
    told = {"reasons": "Recruited by a lie to work without pay."} | more
    return determination.record_reading(
        file=file, answer=answer, by=by, at=NOW + timedelta(days=days), **told
    )
