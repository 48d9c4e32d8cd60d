"""Acts of the register of services: a service is entered, changed, retired. Not by who runs it.

A service that is entered is not shown until its provider has said how many places are free.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mekhala.pathway.directory import policies
from mekhala.pathway.directory.models import Service
from mekhala.pathway.directory.services import free_what_is_over, hand_list_to_forms
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit

TOLD = (
    "name", "name_km", "need", "stay", "takes_sexes", "takes_transgender", "youngest", "oldest",
    "takes_families", "boys_to", "girls_to", "languages", "forms", "step_free", "province_code",
    "places_total", "is_open",
)  # fmt: skip


@transaction.atomic
def register_service(
    agency: Agency, told: Mapping[str, Any], *, by: Officer, at: datetime
) -> Service:
    """Enter a service of a provider; ``told`` are columns of ``TOLD``. Raises ``ActRefused``."""
    policies.check_may_register(by, agency)
    policies.check_ages(told)
    policies.check_stay(told)
    about = {name: told[name] for name in TOLD if name in told}
    free = None if about.get("places_total") is None else 0
    kept = Service.objects.create(agency=agency, places_free=free, **about)
    audit.record("directory.service_registered", subject=kept, by=by, at=at, agency=agency.pk)
    return kept


@transaction.atomic
def change_service(
    service: Service, told: Mapping[str, Any], *, by: Officer, at: datetime
) -> Service:
    """Change what is said of a service. Places held stay held; free ones fit what is left."""
    policies.check_may_register(by, service.agency)
    policies.check_ages(told)
    policies.check_stay({"need": service.need, "stay": service.stay} | dict(told))
    free_what_is_over(service.pk, at=at)
    kept = Service.objects.select_for_update().get(pk=service.pk)
    policies.check_not_retired(kept)
    changed = [name for name in TOLD if name in told and getattr(kept, name) != told[name]]
    for name in changed:
        setattr(kept, name, told[name])
    policies.check_room_for_held(kept)
    kept.places_free = _free(kept)
    kept.save(update_fields=[*changed, "places_free"])
    audit.record("directory.service_changed", subject=kept, by=by, at=at, changed=changed)
    hand_list_to_forms(at=at)
    return kept


@transaction.atomic
def retire_service(service: Service, *, by: Officer, at: datetime) -> Service:
    """Offer a service no more; it stays for what was referred to it. Refused while it holds."""
    policies.check_may_register(by, service.agency)
    free_what_is_over(service.pk, at=at)
    kept = Service.objects.select_for_update().get(pk=service.pk)
    policies.check_not_retired(kept)
    policies.check_holds_nobody(kept)
    kept.is_open, kept.retired_on = False, timezone.localdate(at)
    kept.save(update_fields=["is_open", "retired_on"])
    audit.record("directory.service_retired", subject=kept, by=by, at=at)
    hand_list_to_forms(at=at)
    return kept


def _free(service: Service) -> int | None:
    if service.places_total is None:
        return None
    return min(service.places_free or 0, service.places_total - service.places_held)
