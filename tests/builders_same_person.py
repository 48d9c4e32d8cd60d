"""Invented people who have a case at two agencies, for the tests of who is one person."""

from mekhala.pathway.registration import candidates
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.identity import services as identities
from tests.builders import NOW, agency, case, officer, open_to

MUM = {"native_name": "កែវ ស្រីមុំ", "latin_name": "Keo Sreymom", "birth_date": "1991-03-05",
       "village_code": "01020304"}  # fmt: skip
AGAIN = {"latin_name": "KEO Srey Mom", "birth_date": "1991-03-05", "village_code": "01020305"}
ANOTHER = {"latin_name": "Chan Dara", "birth_date": "1978-11-30", "village_code": "12010101"}


def social_worker():
    """Return a registrar of an agency that helps."""
    return officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))


def person_of(who, said, **more):
    """Return a case that ``who`` opened, with this kept of the person."""
    made = case(who, **more)
    become(who.pk)
    identities.keep(made.number, file_number=made.number, by=who, at=NOW, **said)
    return made


def opened_to(who, made):
    """Open a case to a registrar besides."""
    open_to(who, made.number, Purpose.REGISTRATION, by=made.opened_by)
    become(who.pk)


def looked(who, made):
    """Return who may be the person of a case, as ``who`` finds it."""
    become(who.pk)
    name = identities.show(made.number, by=who, at=NOW, purpose="registration")
    return candidates.of(made, name, by=who, at=NOW)
