"""People, cases and files of the first rooms, made by the services themselves."""

from datetime import timedelta

from mekhala.pathway.determination import queries
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
    """Return invented officers of a competent authority of two agencies, by turns."""
    boards = [agency(AgencyKind.COMPETENT_AUTHORITY) for _ in range(2)]
    return [officer(Role.AUTHORITY, at=boards[i % 2]) for i in range(readers)]


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


GROUNDS, RECOGNISED, REFUSED = (
    "PossibleVictimOfTrafficking",
    "ActualVictimOfTrafficking",
    "NotAVictimOfTrafficking",
)
USUAL_GROUND = {
    GROUNDS: "elements_made_out", RECOGNISED: "elements_made_out", REFUSED: "no_purpose"
}  # fmt: skip
AFTER_RECOVERY = 40  # days after the first encounter


def read(file, by, answer=None, *, days=None, **more):
    """Let ``by`` read the file, positively unless told; the test goes on as that officer.

    The first question is read a day after the encounter, the second once the person recovered.
    """
    become(by.pk)
    is_first = file.stage == "reasonable_grounds"
    answer = answer or (GROUNDS if is_first else RECOGNISED)
    days = days or (1 if is_first else AFTER_RECOVERY)
    told = {
        "reasons": "Recruited by a lie to work without pay.", "no_tie": True,
        "grounds": [USUAL_GROUND.get(answer, "other")],
    } | more  # fmt: skip
    return determination.record_reading(
        file=file, answer=answer, by=by, at=NOW + timedelta(days=days), **told
    )


def believed(file, *readers):
    """Let two readers find reasonable grounds; return the conclusive question."""
    for reader in readers:
        read(file, reader)
    return queries.open_file_of(file.case)


def recognised(file, *readers):
    """Let two readers find reasonable grounds and then recognise; return the decision."""
    asked = believed(file, *readers)
    for reader in readers:
        decision = read(asked, reader)
    return decision


def told(file, by, made_out=None, *, kind="witness", manner="statement", hours=3, **more):
    """Keep a telling and its facts (code → yes, no or None) as that officer."""
    become(by.pk)
    at = NOW + timedelta(hours=hours)
    source = determination.record_source(file=file, kind=kind, manner=manner, by=by, at=at, **more)
    for code, found in (made_out or {}).items():
        determination.record_finding(
            file=file, source=source, code=code, made_out=found, by=by, at=at,
            because="A co-worker said so. (Invented.)",
        )  # fmt: skip
    return source
