"""``./run bench proceedings``: ``mekhala fair-trial FILE --json`` on 10,000 invented ones."""

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

from benchmarks.assessments import random_cases
from mekhala.core.reasoning.fair_trial.words import (
    EVIDENCE,
    VERDICTS,
    Demander,
    Maker,
    Obstacle,
    Part,
    Result,
)

SOURCE = Path(__file__).resolve().parents[1] / "src"
ANSWERS = ["yes", "no", "unknown"]
CITED = [("KH-KTE-1996", "3"), *(("KH-LSHTSE-2008", n) for n in ("10", "12", "15", "17", "19"))]


def random_proceedings(number: int, *, seed: int) -> list[dict[str, Any]]:
    """Return ``number`` proceedings with every key answered or unknown, no two alike."""
    chance = random.Random(seed)
    return [_proceeding(case, chance) for case in random_cases(number, seed=seed)]


def _proceeding(case: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return one proceeding: what came before the trial, the trial, and what came after."""
    statute, article = chance.choice(CITED)
    cited = {"statute": statute, "article": article}
    told = ("conduct", "facts", "none_of")
    return {
        "case": case["case"],
        **_before(chance),
        **_trial(chance),
        "charges": [cited],
        **{key: case[key] for key in told},
        "alleged_victim": case["person"],
        **_after(chance, cited),
    }


def _before(chance: random.Random) -> dict[str, Any]:
    return {
        "accused": {
            "age": chance.choice([None, 16, 17, 18, 30]),
            "language": chance.choice(["km", "vi", "unknown"]),
            **_asked(chance, "literate", "presumed_victim"),
        },
        "complaint": _asked(
            chance, "prior_dispute_with_accused", "payment_demanded_by_complainant", "withdrawn"
        ),
        "custody": {"hours": chance.randint(1, 200), **_asked(chance, "prosecutor_extension")},
        "statements": _several(chance, "by", list(Maker), "read_out", "changed", "after_benefit"),
    }


def _trial(chance: random.Random) -> dict[str, Any]:
    return {
        "evidence": _several(chance, "kind", list(EVIDENCE)),
        "payments_demanded": _several(chance, "by", list(Demander), "paid"),
        "hearing": {
            "minutes": chance.randint(5, 300),
            **_asked(chance, "lawyer", "interpreter", "complainant_present", "law_explained"),
        },
    }


def _after(chance: random.Random, cited: dict[str, str]) -> dict[str, Any]:
    years = chance.randint(1, 25)
    return {
        "verdict": {"result": chance.choice(sorted(VERDICTS)), "sentence_years": years, **cited},
        "appeal": {"blocked_by": [chance.choice(list(Obstacle))], **_asked(chance, "filed")},
        "co_accused": [_co_accused(chance) for _ in range(chance.randint(0, 3))],
        "confiscation": _asked(chance, "before_final"),
        "officials_alleged": _several(chance, "by", list(Demander)),
    }


def _co_accused(chance: random.Random) -> dict[str, Any]:
    return {
        "role": chance.choice(list(Part)),
        "result": chance.choice(list(Result)),
        "sentence_years": chance.randint(1, 25),
        **_asked(chance, "released_after_payment"),
    }


def _asked(chance: random.Random, *keys: str) -> dict[str, str]:
    return {key: chance.choice(ANSWERS) for key in keys}


def _several(chance: random.Random, key: str, words: list[str], *keys: str) -> list[dict[str, str]]:
    entries = range(chance.randint(0, 3))
    return [{key: chance.choice([*words, "unknown"]), **_asked(chance, *keys)} for _ in entries]


def review_file(path: Path) -> None:
    """Run the command on a file, its answer thrown away."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "mekhala.cli", "fair-trial", str(path), "--json"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def main(words: list[str]) -> int:
    """Print how long the proceedings took: on the clock, of the processor, and the memory."""
    parser = argparse.ArgumentParser(prog="./run bench proceedings")
    parser.add_argument("--proceedings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proceedings.json"
        given = random_proceedings(args.proceedings, seed=args.seed)
        path.write_text(json.dumps(given), encoding="utf-8")
        began = time.monotonic()
        review_file(path)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{args.proceedings:,} proceedings: {time.monotonic() - began:.1f} s, "
        f"{used.ru_utime + used.ru_stime:.1f} s of a processor, {used.ru_maxrss // 1024} MB"
    )
    return 0
