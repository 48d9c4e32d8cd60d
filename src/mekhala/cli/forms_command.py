"""``mekhala forms``: whether a form can be used, how two versions differ, the shipped ones."""

import argparse
import sys
from pathlib import Path

from mekhala.cli.answers import read_bytes
from mekhala.core.wrong_input import WrongInput

SUMMARY = "Check a form before it is added, compare two versions, or write the shipped forms"
KINDS = "an XLSForm (.xlsx, .xls, .md) or an XForm (.xml)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and the forms to do it with."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="check|compare|instruments")
    check = acts.add_parser("check", help="tell every fault, and words missing in a language")
    check.add_argument("files", metavar="FILE", nargs="+", help=KINDS)
    compare = acts.add_parser("compare", help="tell in words what changed between two versions")
    compare.add_argument("old", metavar="OLD", help=KINDS)
    compare.add_argument("new", metavar="NEW", help=KINDS)
    shipped = acts.add_parser("instruments", help="write the forms that come with the program")
    shipped.add_argument("folder", metavar="DIR", help="a new folder for .xlsx files to change")


def run(args: argparse.Namespace) -> int:
    """Return 0 if all is well, 1 if words are missing or answers may not fit, 2 for faults."""
    _speak_english()
    if args.act == "compare":
        return _compare(args.old, args.new)
    if args.act == "instruments":
        return _write_instruments(Path(args.folder))
    return max([_check(name) for name in args.files])


def _speak_english() -> None:
    """Let the words of the forms room stand as written: no database, no settings of a server."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def _check(name: str) -> int:
    from mekhala.forms.check import check
    from mekhala.forms.faults import FaultyForm

    try:
        checked = check(read_bytes(name), Path(name).name)
    except FaultyForm as faulty:
        for fault in faulty.faults:
            print(f"mekhala forms: {name}: {fault}.", file=sys.stderr)
        return 2
    except WrongInput as wrong:
        print(f"mekhala forms: {wrong}", file=sys.stderr)
        return 2
    form = checked.converted.form
    languages = ", ".join(form.languages) or "one language, not named"
    version = form.version or "without a version"
    print(f"{name}: OK, {form.form_id} {version}, {form.asked} questions, {languages}")
    for kind, names in (("add with it", sorted(checked.files)), ("filled", checked.lists)):
        for each in names:
            print(f"{name}: file {each}: {kind}")
    for language in checked.languages_without_code:
        print(f"{name}: language “{language}” has no code; write it as “Khmer (km)”")
    for gap, row in checked.gaps:
        print(f"{name}: row {row}: {gap}" if row else f"{name}: {gap}")
    return 1 if checked.gaps or checked.languages_without_code else 0


def _compare(old: str, new: str) -> int:
    from mekhala.forms.convert import to_xform
    from mekhala.forms.difference import differences

    first, second = (to_xform(read_bytes(p), Path(p).name).form for p in (old, new))
    found = differences(first, second, page_language="en")
    for change in found:
        print(change.words if change.fits else f"{change.words} [old answers may not fit]")
    if not found:
        print("No difference.")
    return 0 if all(change.fits for change in found) else 1


def _write_instruments(folder: Path) -> int:
    from mekhala.core.new_folder import new_folder
    from mekhala.forms.instruments import INSTRUMENTS, as_workbook

    with new_folder(folder) as beside:
        for form_id in INSTRUMENTS:
            (beside / f"{form_id}.xlsx").write_bytes(as_workbook(form_id))
    for form_id in INSTRUMENTS:
        print(folder / f"{form_id}.xlsx")
    return 0
