"""``./run proof``: the long proofs at full length; each has a quick form in the tests."""

import subprocess
import sys

PROOFS = (
    # two referrals racing for one place: a thousand rounds of twenty, never two winners
    ("race_for_a_place", "--rounds", "1000", "--racers", "20"),
    # 10,000 tamperings refused, 100,000 data keys wrapped anew within a minute, a page within 5 ms
    ("vault", "--tries", "10000", "--keys", "100000"),
)


def main() -> int:
    """Run each proof as a process of its own, since each brings its own database."""
    runs = [[sys.executable, "-m", "benchmarks", *words] for words in PROOFS]
    return max(subprocess.run(run, check=False).returncode for run in runs)


if __name__ == "__main__":
    sys.exit(main())
