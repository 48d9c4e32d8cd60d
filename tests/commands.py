"""The ``mekhala`` command: within the test, or as a user calls it, in a process of its own.

Within the test it says and answers the same; what only a process can show (how it starts, what it
loads, that nothing else is printed) is tried once for each command in a process.
"""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from mekhala.cli import main

SOURCE = Path(__file__).resolve().parents[1] / "src"


def mekhala(*words, stdin=""):
    """Call the command within this process; answer as a finished process would."""
    typed = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.object(sys, "stdin", typed), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = end.code or 0
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


def in_a_process(*words, stdin=""):
    """Call the command as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "mekhala.cli", *map(str, words)],
        input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
