"""The invented agencies, officers and services, put into the database."""

from collections import defaultdict
from datetime import UTC, datetime
from functools import cached_property

from django.contrib.auth.hashers import make_password

from mekhala.pathway.directory.models import Need, Service, Stay
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency, AgencyKind

from .agencies import agencies
from .services import services as invented_services

KIND = {
    "first_responder": AgencyKind.FIRST_RESPONDER, "hotline": AgencyKind.FIRST_RESPONDER,
    "police": AgencyKind.POLICE, "border_post": AgencyKind.BORDER,
    "social_affairs": AgencyKind.SOCIAL_AFFAIRS, "embassy": AgencyKind.EMBASSY,
    "competent_authority": AgencyKind.COMPETENT_AUTHORITY, "shelter": AgencyKind.PROVIDER,
    "clinic": AgencyKind.PROVIDER, "legal_aid": AgencyKind.PROVIDER,
    "training": AgencyKind.PROVIDER, "prosecutor": AgencyKind.COURT, "court": AgencyKind.COURT,
    "statistics": AgencyKind.NATIONAL_COMMITTEE, "labour": AgencyKind.LABOUR,
    "observer": AgencyKind.OBSERVER,
}  # fmt: skip
ROLE = {
    AgencyKind.FIRST_RESPONDER: Role.FIRST_RESPONDER, AgencyKind.POLICE: Role.FIRST_RESPONDER,
    AgencyKind.BORDER: Role.FIRST_RESPONDER, AgencyKind.EMBASSY: Role.FIRST_RESPONDER,
    AgencyKind.SOCIAL_AFFAIRS: Role.REGISTRAR, AgencyKind.COMPETENT_AUTHORITY: Role.AUTHORITY,
    AgencyKind.PROVIDER: Role.PROVIDER, AgencyKind.COURT: Role.JUSTICE,
    AgencyKind.NATIONAL_COMMITTEE: Role.STATISTICIAN, AgencyKind.LABOUR: Role.REGISTRAR,
    AgencyKind.OBSERVER: Role.PROVIDER,
}  # fmt: skip
NEED = {
    "shelter": Need.SHELTER, "clinic": Need.HEALTH, "counselling": Need.COUNSELLING,
    "legal_aid": Need.LEGAL_AID, "training": Need.TRAINING, "return_home": Need.RETURN,
    "family_support": Need.FAMILY,
}  # fmt: skip
ALSO_PROVIDE = (AgencyKind.SOCIAL_AFFAIRS, AgencyKind.EMBASSY)  # beside their own duty
ADMINISTER = ("st-01", "ca-01")  # two agencies: accounts change under two signatures
SHORT_STAYS = ("Border night shelter", "Transit rooms")
BOYS_TO = 12  # beside a mother, in houses that take women
BY_TELEPHONE = 50  # places of a service that has no rooms: as many as it can talk to in a day


class Cast:
    """Who acts in the invented country, found by the codes of the generator."""

    def __init__(self) -> None:
        """Read the cast that ``put_in_place`` wrote."""
        self.agencies = {a.code: a for a in Agency.objects.all()}
        self._officers: dict[str, list[Officer]] = defaultdict(list)
        for officer in Officer.objects.select_related("agency").order_by("username"):
            self._officers[officer.agency.code].append(officer)
        self.services = {s.name: s for s in Service.objects.select_related("agency")}

    def officer(self, code: str, index: int = 0, role: Role | None = None) -> Officer:
        """Return an officer of the agency with this code, in this role if one is named."""
        found = [o for o in self._officers[code] if role is None or o.role == role]
        return found[index % len(found)]

    def registrar_of(self, province: str) -> Officer:
        """Return the registrar of a province."""
        return self.officer(f"sa-{province}", role=Role.REGISTRAR)

    @cached_property
    def authority(self) -> list[Officer]:
        """The officers of the competent authority, of its two agencies by turns."""
        benches = ([o for o in self._officers[code] if o.role == Role.AUTHORITY] for code in
                   ("ca-01", "ca-02"))  # fmt: skip
        return [officer for pair in zip(*benches, strict=True) for officer in pair]


def put_in_place(seed: int, *, now: datetime) -> Cast:
    """Write agencies, officers and services once; return the cast."""
    if not Agency.objects.filter(code="ca-01").exists():
        _agencies()
        _officers()
        _services(seed, now)
    return Cast()


def _agencies() -> None:
    Agency.objects.bulk_create(
        Agency(
            code=a.code.lower(), name=a.name_en, name_km=a.name_km, kind=KIND[a.kind],
            province_code=a.province_code,
        )
        for a in agencies()
    )  # fmt: skip


def _officers() -> None:
    """Give each agency its officers: police an investigator, who also helps a helper."""
    known = {a.code: a for a in Agency.objects.all()}
    nobody = make_password(None)  # these officers cannot sign in until someone sets a password
    rows = []
    for invented in agencies():
        agency = known[invented.code.lower()]
        roles = [ROLE[AgencyKind(agency.kind)]] * invented.officers
        roles += [Role.JUSTICE] if agency.kind == AgencyKind.POLICE else []
        roles += [Role.PROVIDER] if agency.kind in ALSO_PROVIDE else []
        roles += [Role.ADMINISTRATOR] if agency.code in ADMINISTER else []
        for number, role in enumerate(roles, start=1):
            name = f"{agency.code}-{number:02}"
            rows.append(
                Officer(
                    username=name, shown_as=f"Officer {name.upper()}", agency=agency, role=role,
                    password=nobody,
                )
            )  # fmt: skip
    Officer.objects.bulk_create(rows)


def _services(seed: int, now: datetime) -> None:
    known = {a.code: a for a in Agency.objects.all()}
    rows = []
    for s in invented_services(seed, today=now.date()):
        if s.kind not in NEED:
            continue
        total = BY_TELEPHONE if s.places_total is None else s.places_total
        free = total if s.places_free is None else s.places_free
        rows.append(
            Service(
                agency=known[s.agency_code.lower()], name=s.name_en, name_km=s.name_km,
                need=NEED[s.kind], stay=Stay.SHORT if s.name_en.startswith(SHORT_STAYS) else "",
                takes_sexes=list(s.sexes), youngest=s.age_from,
                oldest=s.age_to, languages=list(s.languages), province_code=s.province_code,
                takes_transgender=True if s.sexes == ("other",) else None,
                takes_families=True if s.kind == "shelter" and s.age_from == 0 else None,
                boys_to=None if "male" in s.sexes else BOYS_TO,
                places_total=total, places_free=free,
                confirmed_at=now if s.last_confirmed_on is None
                else datetime.combine(s.last_confirmed_on, now.timetz(), tzinfo=UTC),
            )
        )  # fmt: skip
    rows.append(_short_stay(known["sh-01"], now))
    Service.objects.bulk_create(rows)


def _short_stay(house: Agency, now: datetime) -> Service:
    """Return the short-stay rooms of the capital: few, and full tonight."""
    return Service(
        agency=house, name=f"Short-stay rooms, {house.name}",
        name_km=f"បន្ទប់ស្នាក់នៅរយៈពេលខ្លី {house.name_km}", need=Need.SHELTER, stay=Stay.SHORT,
        takes_sexes=["female"], youngest=0, oldest=120, languages=["km", "vi"],
        province_code=house.province_code, places_total=4, places_free=0, confirmed_at=now,
    )  # fmt: skip
