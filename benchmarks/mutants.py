"""``./run mutants [NAME …]``: does a test notice when one thing is changed in the reasoning?

Each changed program is tried in a process of its own, forked from one that has the tools and the
law in memory. A mutant is killed if a test fails or the tests take far too long. Those that
change nothing anybody could notice are listed, each with its reason, in ``equivalent.yaml``.
"""

import argparse
import contextlib
import importlib.abc
import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType

import yaml

from benchmarks.mutations import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
PYTEST = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-W", "ignore"]
SURVIVED, KILLED = 0, 1


@dataclass(frozen=True)
class Part:
    """Programs that are tried with the same tests; ``first`` fails for most, in a moment."""

    package: str
    modules: str  # which files of the package
    first: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where the package lies."""
        return SOURCE.joinpath(*self.package.split("."))

    @property
    def names(self) -> list[str]:
        """The modules to try."""
        return sorted(p.stem for p in self.folder.glob(self.modules) if p.stem != "__init__")


PARTS = (
    Part(
        "mekhala.core.reasoning",
        "*.py",
        ("tests/core/reasoning/test_answers.py",),
        ("tests/core/reasoning", "tests/casebook", "tests/contract/test_vignettes_of_assess.py"),
    ),
    Part(
        "mekhala.core.reasoning.fair_trial",
        "*.py",
        ("tests/core/reasoning/fair_trial/test_sentences.py",),
        ("tests/core/reasoning/fair_trial", "tests/casebook/test_fair_trial_casebook.py"),
    ),
    Part(
        "mekhala.core.calendar",
        "l*.py",
        ("tests/core/calendar/test_limits.py",),
        ("tests/core/calendar/test_stretches.py",),
    ),
    Part("mekhala.core.calendar", "stretches.py", ("tests/core/calendar/test_stretches.py",), ()),
    Part("mekhala.core.sentencing", "hiding.py", ("tests/core/sentencing/test_sentencing.py",), ()),
    Part("mekhala.core.law", "citation.py", ("tests/core/law/test_citation.py",), ()),
)


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a changed program in the place of one module."""

    def __init__(self, name: str, code: CodeType, path: Path) -> None:
        """Stand ready to be asked for ``name``, whose program lies at ``path``."""
        self.name, self.code, self.path = name, code, path

    def find_spec(self, fullname: str, path: object, target: object = None) -> object:  # noqa: ARG002
        """Answer for the one module, for no other."""
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def create_module(self, spec: object) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed program."""
        exec(self.code, module.__dict__)


@dataclass
class Tried:
    """The mutants of one module, as far as they were tried."""

    name: str
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)


def main(words: list[str]) -> int:
    """Try every mutant of the named modules, or of all; return 1 if too many survive."""
    parser = argparse.ArgumentParser(prog="./run mutants")
    parser.add_argument("names", nargs="*", help="modules to change; all unless named")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args(words)
    _ready()
    tried = []
    for part in PARTS:
        names = [name for name in part.names if not args.names or name in args.names]
        patience = 5 + 5 * _seconds_unchanged(part) if names else 0
        tried += [_try_all(part, name, args.workers, patience) for name in names]
    return _tell(tried)


def _ready() -> None:
    """Load what no mutant changes, and say that few findings are to be tried."""
    os.chdir(ROOT)
    os.environ |= {"EXAMPLES": "6", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    import hypothesis.strategies  # noqa: F401
    import pytest  # noqa: F401

    from mekhala.core.law import library

    library.palermo()
    for country in library.countries():
        library.statutes(country)


def _seconds_unchanged(part: Part) -> float:
    began = time.monotonic()
    if os.waitstatus_to_exitcode(os.waitpid(_fork(part, None), 0)[1]) != SURVIVED:
        raise SystemExit("mutants: the tests fail on the unchanged program; mend that first")
    return time.monotonic() - began


def _try_all(part: Part, name: str, workers: int, patience: float) -> Tried:
    path = part.folder / f"{name}.py"
    tried, running = Tried(name), {}
    waiting = mutants(path.read_text(encoding="utf-8"), str(path))
    for mutant in waiting:
        while len(running) >= workers:
            _reap(running, tried, patience)
        pid = _fork(part, Changed(f"{part.package}.{name}", mutant.code, path))
        running[pid] = mutant, time.monotonic()
    while running:
        _reap(running, tried, patience)
    print(f"{name:16} {tried.killed:5} killed {len(tried.survivors):4} not", flush=True)
    for mutant in tried.survivors:
        print(
            f"  {name}.py:{mutant.line}: {_short(mutant.was)}  →  {_short(mutant.now)}", flush=True
        )
    return tried


def _reap(running: dict[int, tuple[Mutant, float]], tried: Tried, patience: float) -> None:
    """Take in whoever has finished; end who takes far too long."""
    for pid, (mutant, began) in list(running.items()):
        done, status = os.waitpid(pid, os.WNOHANG)
        if not done and time.monotonic() - began < patience:
            continue
        if not done:
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        del running[pid]
        if done and os.waitstatus_to_exitcode(status) == SURVIVED:
            tried.survivors.append(mutant)
        else:
            tried.killed += 1
    time.sleep(0.01)


def _fork(part: Part, changed: Changed | None) -> int:
    """Run the tests in a process of its own; it leaves with 0 only if all of them pass."""
    pid = os.fork()
    if pid:
        return pid
    status = KILLED
    with contextlib.suppress(BaseException):
        import pytest

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.dont_write_bytecode = changed is not None
        sys.meta_path[:0] = [changed] if changed else []
        passed = all(
            pytest.main([*PYTEST, *tests]) == 0 for tests in (part.first, part.then) if tests
        )
        status = SURVIVED if passed else KILLED
    os._exit(status)


def _tell(tried: list[Tried]) -> int:
    """Print who survived and the figure, with and without the equivalent ones."""
    known = _equivalent()
    killed = sum(t.killed for t in tried)
    survivors = [(t.name, m) for t in tried for m in t.survivors]
    unequal = [(n, m) for n, m in survivors if (n, m.was, m.now) not in known]
    every, meant = killed + len(survivors), killed + len(unequal)
    print(f"{every} mutants, {len(survivors)} survive: {100 * len(survivors) / every:.1f} in 100")
    print(f"without {len(survivors) - len(unequal)} equivalent ones: {len(unequal)} of {meant}, "
          f"{100 * len(unequal) / meant:.1f} in 100")  # fmt: skip
    return int(len(survivors) >= 0.05 * every)


def _equivalent() -> set[tuple[str, str, str]]:
    read = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) if EQUIVALENT.exists() else []
    return set(_keys(read or []))


def _keys(entries: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        yield entry["module"], entry["was"], entry["now"]


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 70 else f"{line[:67]}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
