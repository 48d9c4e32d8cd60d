"""``mekhala claims``: where published figures come from."""

import argparse
from typing import Any

from mekhala.cli.answers import print_json, print_table, read_text

SUMMARY = "Where published figures come from"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file of claims, and one claim of it where only its chain is wanted."""
    parser.add_argument("claims", metavar="FILE.csv", help="one published figure a row")
    parser.add_argument("--claim", metavar="ID", help="print the chain of one claim to its root")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print the ledger, or one chain."""
    from mekhala.core.provenance.chains import chain_of
    from mekhala.core.provenance.claim import read_claims
    from mekhala.core.provenance.ledger import ledger

    claims = read_claims(read_text(args.claims), args.claims)
    answer = chain_of(claims, args.claim) if args.claim is not None else ledger(claims)
    if args.json:
        print_json(answer)
    elif args.claim is not None:
        _show_chain(answer)
    else:
        _show_ledger(answer)
    return 0


def _show_chain(answer: dict[str, Any]) -> None:
    """The way back, a step a line, the changes under the step that made them."""
    for step in answer["path"]:
        if step["claim_id"] is None:
            print(f"  cites {step['document']}")
            continue
        print(f"{step['claim_id']}: {step['value']} {step['unit']}, {step['quantity']}")
        for change in step["changed"]:
            print(f"  changed {change}")
    ending = "measured" if answer["empirical"] else "nobody is said to have measured it"
    if answer["superseded"]:
        print(f"superseded: {answer['superseded']['by']}")
    print(f"root {answer['root']}: {answer['origin'] or 'no source named'}; {ending}")


def _show_ledger(answer: dict[str, Any]) -> None:
    """Quantities with their origins, then what is unsupported or contradicts."""
    rows: list[list[object]] = [
        [q["quantity"], d["definition"], d["unit"], _range(d["range"]), d["independent_origins"]]
        for q in answer["quantities"]
        for d in q["definitions"]
    ]
    print_table(["quantity", "definition", "unit", "range", "origins"], rows)
    print(f"\n{len(answer['no_empirical_origin'])} figures with no empirical origin:")
    for one in answer["no_empirical_origin"]:
        traced = f", repeats {one['traced_to']}" if one["traced_to"] else ""
        print(f"  {one['claim_id']}: {one['quantity']}, {one['value']} {one['unit']}{traced}")
    print(f"\n{len(answer['superseded'])} superseded figures:")
    for one in answer["superseded"]:
        through = f" (repeats {one['through']})" if one["through"] else ""
        print(f"  {one['claim_id']}{through}: {one['by']}")
    print(f"\n{len(answer['contradictions'])} contradictions:")
    for one in answer["contradictions"]:
        print(f"  {' and '.join(one['claims'])} ({one['kind']}): {one['because']}")
    print(f"\n{len(answer['checks'])} remarks, slips first, then questions, then notes:")
    for one in answer["checks"]:
        with_others = " and ".join(one["claims"])
        print(f"  {one['weight']}: {with_others} ({one['check']}): {one['because']}")


def _range(found: dict[str, float] | None) -> str:
    if found is None:
        return ""
    low, high = (f"{found[end]:,.10g}" for end in ("low", "high"))
    return low if low == high else f"{low} to {high}"
