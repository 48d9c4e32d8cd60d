"""Instruments as they are shipped, and what comes out of them when they are answered."""

import json
import subprocess
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from subprocess import PIPE

import mekhala.forms
from mekhala.forms.check import check
from mekhala.forms.outline import outline
from mekhala.web.assets.build import node_and_npm

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "node_modules" / "@getodk" / "xforms-engine"
HOME = Path(mekhala.forms.__file__).parent / "instruments"
MEDIA = {
    "help_numbers.csv": "name,label,number\n1,000 · Invented,000\n",
    "provinces.csv": "name,label\n12,Phnom Penh\n",
}


@cache
def checked(form_id):
    """Return the instrument as an author hears of it: converted, with its gaps."""
    return check((HOME / f"{form_id}.md").read_bytes(), f"{form_id}.md")


def entries(form_id):
    """Return the groups, questions, notes and calculations of an instrument."""
    return outline(checked(form_id).converted.form)


def questions(form_id):
    """Return what is asked in an instrument, by the last step of its path."""
    return {entry.name: entry for entry in entries(form_id) if entry.is_question}


@contextmanager
def engine():
    """Let ODK's engine run; gives a function of a form's id and of answers to fill it with.

    It fills the form once for each of the fillings (reference → answer) and returns what comes
    out: ``values`` by reference, ``asked`` and ``violations`` as references.
    """
    command = [node_and_npm()[0], ROOT / "tests" / "phone" / "answering.mjs"]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as node:

        def answered(form_id, fillings):
            told = {
                "xform": checked(form_id).converted.text, "media": MEDIA,
                "fillings": [list(filling.items()) for filling in fillings],
            }  # fmt: skip
            node.stdin.write(json.dumps(told) + "\n")
            node.stdin.flush()
            return json.loads(node.stdout.readline())

        yield answered
