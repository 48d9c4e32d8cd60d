"""``mekhala canaries``: plant invented files among the real ones, and list who asked for one."""

import argparse
from typing import Any

from mekhala.cli.answers import print_json, print_table
from mekhala.cli.installation import opened
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Plant invented files that nobody has a reason to open; list who asked for one."
MOST = 500  # files to a province


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what is to be done."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    plant = acts.add_parser("plant", help="fill each province up with invented files")
    plant.add_argument("--per-province", type=int, default=20, help="files in each province (20)")
    plant.add_argument("--json", action="store_true", help="print one JSON document")
    check = acts.add_parser("check", help="how many stand, and every alarm")
    check.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    """Do it. ``check`` ends with 1 where an alarm was raised."""
    if args.act == "check":
        return _check(as_json=args.json)
    if not 1 <= args.per_province <= MOST:
        raise WrongInput(
            f"--per-province: {args.per_province} is out of reach; expected 1 to {MOST}"
        )
    with opened(as_owner=True):
        answer = _planted(args.per_province)
    if args.json:
        print_json(answer)
    else:
        print(f"planted {answer['planted']} files in {answer['provinces']} provinces")
        if answer["nobody_in"]:
            print("no officer meets people in: " + ", ".join(answer["nobody_in"]))
    return 0


def _planted(per_province: int) -> dict[str, Any]:
    from django.utils import timezone

    from mekhala.sample.canaries import plant

    done = plant(per_province, now=timezone.now())
    return {
        "planted": sum(done.files.values()), "provinces": len(done.files),
        "nobody_in": done.nobody_in,
    }  # fmt: skip


def _check(*, as_json: bool) -> int:
    with opened(as_owner=True):
        standing, alarms = found()
    if as_json:
        print_json({"standing": standing, "alarms": alarms})
    else:
        print(f"{standing} invented files stand; {len(alarms)} alarms")
        heads = ["alarm", "at", "officer", "agency", "door", "province"]
        if alarms:
            print_table(heads, [[alarm[head] for head in heads] for alarm in alarms])
    return 1 if alarms else 0


def found() -> tuple[int, list[dict[str, Any]]]:
    """Return how many invented files stand, and each alarm, the newest first; no number."""
    from mekhala.safeguards.reading.models import Alarm, Canary

    alarms = Alarm.objects.select_related("canary", "officer__agency").order_by("-id")
    return Canary.objects.count(), [
        {"alarm": a.pk, "at": a.at.isoformat(), "officer": a.officer.username,
         "agency": a.officer.agency.code, "door": a.door, "province": a.canary.province_code}
        for a in alarms
    ]  # fmt: skip
