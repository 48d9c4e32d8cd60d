"""``mekhala officers``: the first two administrators, before anybody can sign for anybody."""

import argparse
import re
from typing import TYPE_CHECKING, Any

from mekhala.cli.answers import print_json
from mekhala.cli.installation import opened
from mekhala.core.wrong_input import WrongInput

if TYPE_CHECKING:
    from mekhala.safeguards.agencies.models import Agency

SUMMARY = "Let the first two administrators of an installation in."
USERNAME = r"[a-z0-9][a-z0-9.-]{2,59}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take who, and at which agency."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    says = "make one of the first two administrators; refused once there are two of two agencies"
    first = acts.add_parser("first", help=says, description=says)
    first.add_argument("username", help="a post, not a person's name, such as office.1")
    first.add_argument("--agency", required=True, metavar="CODE", help="code of the agency")
    first.add_argument("--agency-name", metavar="NAME", help="its name, where it is not there yet")
    first.add_argument("--kind", metavar="KIND", help="what it is, where it is not there yet: "
                       "national_committee, competent_authority or social_affairs")  # fmt: skip
    first.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Make the account and print the two halves of its code, this once."""
    if not re.fullmatch(USERNAME, args.username):
        raise WrongInput(
            f"officers first: {args.username!r} is no user name; expected 3 to 60 small letters, "
            "digits, dots and hyphens"
        )
    with opened(as_owner=True):
        answer = _made(args)
    if args.json:
        print_json(answer)
        return 0
    print(f"{answer['username']}: administrator of {answer['agency']}, to be let in until "
          f"{answer['until']}")  # fmt: skip
    print(f"first half   {answer['first_half']}\nsecond half  {answer['second_half']}")
    print(f"Hand both over in person. The officer types them at {answer['address']}")
    return 0


def _made(args: argparse.Namespace) -> dict[str, Any]:
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from mekhala.safeguards.access.models import Officer
    from mekhala.safeguards.admission import services

    with transaction.atomic():
        agency = _agency(args)
        _refuse_a_third(agency)
        if Officer.objects.filter(username=args.username).exists():
            raise WrongInput(f"officers first: {args.username!r} is an officer already")
        officer = Officer(username=args.username, shown_as=args.username, agency=agency,
                          role="administrator")  # fmt: skip
        officer.set_unusable_password()
        officer.save()
        let_in, first, second = services.make_first(officer, at=timezone.now())
    return {
        "username": officer.username, "agency": agency.code, "first_half": first,
        "second_half": second, "until": let_in.until.isoformat(timespec="minutes"),
        "address": f"{settings.CASEWORK_URL}/admission/",
    }  # fmt: skip


def _refuse_a_third(agency: "Agency") -> None:
    """Refuse where two agencies have an administrator already, or this one has."""
    from mekhala.safeguards.access.models import Officer

    held = set(
        Officer.objects.filter(role="administrator", is_active=True)
        .values_list("agency__code", flat=True)
    )  # fmt: skip
    if len(held) >= 2:
        raise WrongInput(
            "officers first: two agencies have administrators; more are made on the pages, under "
            "two signatures"
        )
    if agency.code in held:
        raise WrongInput(
            f"--agency: {agency.code} has an administrator; expected another agency, whose "
            "administrator signs as the second"
        )


def _agency(args: argparse.Namespace) -> "Agency":
    """Return the agency, made where it is not there yet."""
    from mekhala.safeguards.access.policies import FITS
    from mekhala.safeguards.access.purposes import Role
    from mekhala.safeguards.agencies.models import Agency

    fit = sorted(kind.value for kind in FITS[Role.ADMINISTRATOR])
    found = Agency.objects.filter(code=args.agency).first()
    if found is None:
        if not args.agency_name or args.kind not in fit or not re.fullmatch(
            r"[a-z0-9-]{1,40}", args.agency
        ):  # fmt: skip
            raise WrongInput(
                f"--agency: {args.agency!r} is not there; expected a code of small letters, digits "
                f"and hyphens with --agency-name and --kind, one of {', '.join(fit)}"
            )
        return Agency.objects.create(code=args.agency, name=args.agency_name, kind=args.kind)
    if found.kind not in fit:
        raise WrongInput(
            f"--agency: {args.agency} is {found.kind}; expected an agency that is "
            f"{' or '.join(fit)}"
        )
    return found
