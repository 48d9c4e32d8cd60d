"""Every kind of question on our own pages, without a browser: Node's own tests, one run."""

import os
import subprocess
from pathlib import Path

import pytest

from mekhala.forms.convert import to_xform
from mekhala.web.assets.build import node_and_npm
from tests.builders_kinds import every_kind

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FIELD = ROOT / "src" / "mekhala" / "web" / "assets" / "src" / "field"


@pytest.mark.skipif(
    not (ROOT / "node_modules" / "@getodk" / "xforms-engine").exists(),
    reason="ODK's engine is not installed: ./run test",
)
def test_every_kind_of_question_is_asked_and_answered(tmp_path):
    form = tmp_path / "kinds.xml"
    form.write_text(to_xform(every_kind(), "kinds.md").text, encoding="utf-8")
    done = subprocess.run(
        [node_and_npm()[0], "--test", HERE / "kinds.test.mjs"],
        env={**os.environ, "KINDS": str(form), "TZ": "Asia/Phnom_Penh"},
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
