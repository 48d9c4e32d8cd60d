"""The linkers that are run side by side, each in a process of its own that is measured."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.linkage.problems import Problem

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = ("plain", "wide", "ours", "ecm")  # wide: plain Splink with more ways to block


class Run(NamedTuple):
    """What one run cost and where its files are; ``failed``: its last words, or ""."""

    folder: Path
    seconds: float  # on the clock, start and end of the process included
    cpu: float  # seconds of processor time, all threads; steadier where others work beside it
    peak_mb: int
    failed: str = ""

    @property
    def steps(self) -> dict[str, float]:
        """Step → seconds on the clock, as ``summary.json`` says."""
        text = (self.folder / "summary.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        steps: dict[str, float] = found.get("seconds_by_step", found)
        return steps


def run(system: str, problem: Problem, folder: Path) -> Run:
    """Link ``problem`` with ``system`` into the new ``folder``; wait, and measure the process.

    A system is one of ``SYSTEMS``, or "ours without" and an idea of ``ablation.ABLATIONS``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", *_command(system, problem, folder)]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    complaint = folder.with_suffix(".err")
    began = time.perf_counter()
    with complaint.open("wb") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths},
            stdout=subprocess.DEVNULL, stderr=errors,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    lines = complaint.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    failed = (lines or ["no words"])[-1] if process.returncode else ""
    return Run(folder, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, failed)


def _command(system: str, problem: Problem, folder: Path) -> list[str]:
    records, out = str(problem.records), ["--out", str(folder)]
    if system in ("plain", "wide"):
        wide = ["--wide"] if system == "wide" else []
        return ["benchmarks.linkage.plain_splink", records, *out, "--fields", problem.fields, *wide]
    if system == "ecm":
        return ["benchmarks.linkage.ecm", records, *out, "--fields", problem.fields]
    distinct = ["--distinct", ",".join(problem.distinct)] if problem.distinct else []
    if idea := system.removeprefix("ours without ").replace("ours", ""):
        return ["benchmarks.linkage.ablation", idea, records, *out, *distinct]
    return ["mekhala.cli", "link", records, *out, *distinct]
