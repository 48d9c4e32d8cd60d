"""``./run proof``: the long proofs at full length; each has a quick form in the tests."""

import sys

from benchmarks import race_for_a_place

RACE = ["--rounds", "1000", "--racers", "20"]


def main() -> int:
    """Two referrals racing for one place: a thousand rounds of twenty, never two winners."""
    return int(race_for_a_place.main(RACE) or 0)


if __name__ == "__main__":
    sys.exit(main())
