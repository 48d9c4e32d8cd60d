"""The directory as a list of choices for forms: what may stand on a phone, and no more.

Of shelters there is one entry for all of them: no name, no provider and no province, since each
can tell where one is (no entry where none is open). Of other services: name, what they answer,
province and languages; no places, no person, no address.
"""

from datetime import datetime

from mekhala.forms.lists import LABELLED, SERVICES, ChoiceList, Row, labelled
from mekhala.pathway.directory.models import Need, Service
from mekhala.pathway.directory.queries import offered

COLUMNS = (*LABELLED, "need", "province", "languages")
ANY_SHELTER = labelled(
    "shelter", "កន្លែងស្នាក់នៅមានសុវត្ថិភាព", "A safe place to stay", Need.SHELTER, "", ""
)


def services_list(*, now: datetime) -> ChoiceList:
    """Return the services that are open and confirmed, one row each, and one for all shelters."""
    found = list(offered(now=now))
    rows = [_row(service) for service in found if service.need != Need.SHELTER]
    if any(service.need == Need.SHELTER for service in found):
        rows.append(ANY_SHELTER)
    return ChoiceList(name=SERVICES, columns=COLUMNS, rows=tuple(sorted(rows)))


def _row(service: Service) -> Row:
    return labelled(
        f"service-{service.pk}", service.name_km, service.name, service.need,
        service.province_code, " ".join(sorted(service.languages)),
    )  # fmt: skip
