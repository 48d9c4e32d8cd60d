"""``./run bench [NAME …]``: measure one figure or, without a name, each of the quick ones."""

import importlib
import sys

NAMES = ("pages", "list_cost", "race_for_a_place", "assessments", "tampering", "vault", "names",
         "proceedings", "intake", "questions")  # fmt: skip
ASKED_FOR = (
    "us_case_law",
    "estimation",
    "linkage",
    "crowd",
)  # want files not kept here, or long minutes


def main(words: list[str]) -> int:
    """Run the named measurement with the rest of the words, or all in turn."""
    if not words:
        return max(main([name]) for name in NAMES)
    if words[0] not in NAMES + ASKED_FOR:
        there_are = ", ".join(NAMES + ASKED_FOR)
        print(f"bench: no measurement {words[0]!r}; there are {there_are}", file=sys.stderr)
        return 2
    module = {"intake": "intake.speed", "crowd": "intake.crowd"}.get(words[0], words[0])
    return int(importlib.import_module(f"benchmarks.{module}").main(words[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
