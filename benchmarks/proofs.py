"""``./run proof``: the long proofs at full length; each has a quick form in the tests."""

import sys

from benchmarks import race_for_a_place, race_to_decide

ROUNDS, RACERS = 1000, 20


def main() -> int:
    """Run a thousand rounds of each race: one place never has two, nor one question, two answers.

    One database serves them all, one after another.
    """
    return race_for_a_place.with_a_database(_all)


def _all() -> int:
    places = race_for_a_place.run(ROUNDS, RACERS)
    return max(places, race_to_decide.run(ROUNDS))


if __name__ == "__main__":
    sys.exit(main())
