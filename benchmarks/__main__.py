"""``./run bench [NAME …]``: measure one figure or, without a name, each that needs no file."""

import importlib
import sys

NAMES = ("pages", "list_cost", "race_for_a_place", "assessments", "tampering", "vault", "names")
OF_A_FILE = ("us_case_law", "estimation")  # read files that are not kept here: asked for by name


def main(words: list[str]) -> int:
    """Run the named measurement with the rest of the words, or all in turn."""
    if not words:
        return max(main([name]) for name in NAMES)
    if words[0] not in NAMES + OF_A_FILE:
        there_are = ", ".join(NAMES + OF_A_FILE)
        print(f"bench: no measurement {words[0]!r}; there are {there_are}", file=sys.stderr)
        return 2
    return int(importlib.import_module(f"benchmarks.{words[0]}").main(words[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
