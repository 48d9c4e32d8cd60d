"""``./run proof``: the long proofs at full length; each has a quick form in the tests."""

import subprocess
import sys

RACE = ["benchmarks.race_for_a_place", "--rounds", "1000", "--racers", "20"]
DECIDING = ["benchmarks.race_to_decide", "--rounds", "1000"]
TAMPERING = ["benchmarks.tampering", "--times", "10000", "--on-a-database", "300"]
GUARDS = ["benchmarks.tampering", "--mutants"]
VAULT = ["benchmarks", "vault", "--tries", "10000", "--keys", "100000"]
ERASURE = ["benchmarks.erasure"]
HOSTILE = ["benchmarks.hostile_xml", "--times", "20000"]


def main() -> int:
    """Race for one place and to one decision a thousand times; tamper ten thousand times.

    Each proof is a process of its own, with a database of its own; all run, the worst counts.
    """
    every = (RACE, DECIDING, TAMPERING, GUARDS, VAULT, ERASURE, HOSTILE)
    return max(_run(words) for words in every)


def _run(words: list[str]) -> int:
    print(f"== {' '.join(words)}", flush=True)
    return subprocess.run([sys.executable, "-m", *words], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
