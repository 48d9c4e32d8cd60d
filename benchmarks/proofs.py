"""``./run proof``: the long proofs at full length; each has a quick form in the tests."""

import subprocess
import sys

from benchmarks import race_for_a_place, race_to_decide

ROUNDS, RACERS = 1000, 20
VAULT = [sys.executable, "-m", "benchmarks", "vault", "--tries", "10000", "--keys", "100000"]


def main() -> int:
    """Run a thousand rounds of each race: one place never has two, nor one question, two answers.

    One database serves them all, one after another. Then the vault, on one of its own.
    """
    races = race_for_a_place.with_a_database(_all)
    return max(races, subprocess.run(VAULT, check=False).returncode)


def _all() -> int:
    places = race_for_a_place.run(ROUNDS, RACERS)
    return max(places, race_to_decide.run(ROUNDS))


if __name__ == "__main__":
    sys.exit(main())
