"""``./run bench assessments``: 10,000 invented cases judged by ``mekhala assess FILE --json``."""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from mekhala.core.vocabulary.facts import facts

SOURCE = Path(__file__).resolve().parents[1] / "src"
GROUPS = ["act", "means", "purpose", "aggravation", "compelled"]
VALUES = ["yes", "no", "unknown"]
CERTAINTIES = ["known", "estimated", "disputed", "unknown"]
DATES = ["2001-02", "2009", "2014"]


def random_cases(number: int, *, seed: int) -> list[dict[str, Any]]:
    """Return ``number`` cases with three to fifteen random facts each, the worst to keep apart."""
    chance = random.Random(seed)
    return [_case(i, chance) for i in range(number)]


def _case(i: int, chance: random.Random) -> dict[str, Any]:
    named = chance.sample(sorted(facts()), chance.randint(3, 15))
    age = chance.choice([None, 9, 14, 16, 17, 18, 25, 40])
    return {
        "case": f"X-{i}",
        "conduct": {"from": chance.choice(DATES)},
        "person": {"age": age, "age_certainty": chance.choice(CERTAINTIES)},
        "facts": {code: chance.choice(VALUES) for code in named},
        "none_of": chance.sample(GROUPS, chance.randint(0, 3)),
    }


def assess_file(path: Path) -> None:
    """Run the command on a file, its answer thrown away."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "mekhala.cli", "assess", str(path), "--json"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def main(words: list[str]) -> int:
    """Print how long the cases took: on the clock, of the processor, and the memory."""
    parser = argparse.ArgumentParser(prog="./run bench assessments")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.json"
        path.write_text(json.dumps(random_cases(args.cases, seed=args.seed)), encoding="utf-8")
        began = time.monotonic()
        assess_file(path)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{args.cases:,} assessments: {time.monotonic() - began:.1f} s, "
        f"{used.ru_utime + used.ru_stime:.1f} s of a processor, {used.ru_maxrss // 1024} MB"
    )
    return 0
