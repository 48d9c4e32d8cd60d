"""``mekhala officers first`` and ``mekhala keys --signed`` on an installation of their own."""

import json
import os
import subprocess
import sys

import pytest

from tests import homes
from tests.cli.test_keys_command import ROOT, called

SIGN = """
import os, sys; os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mekhala.config.settings.casework")
from mekhala.cli.installation import opened
with opened():
    from django.utils import timezone
    from mekhala.safeguards.access.acting import acting_for
    from mekhala.safeguards.access.models import Officer
    from mekhala.safeguards.admission import services as admission
    from mekhala.safeguards.four_eyes import services
    name, first, second, kind, subject = sys.argv[1:]
    with acting_for(None):
        let_in = admission.admit(name, first, second, password="a sentence only I know",
                                 at=timezone.now())
    assert let_in.check_password("a sentence only I know")
    one, two = Officer.objects.filter(role="administrator").order_by("pk")
    with acting_for(one.pk):
        asked = services.ask(kind, subject=subject, because="The yearly rotation.", by=one,
                             at=timezone.now(), device="a" * 64)
    with acting_for(two.pk):
        services.agree(asked, by=two, at=timezone.now(), device="b" * 64)
    print(asked.pk)
"""


def _first(home, name, *words):
    return called(home, "officers", "first", name, *words, "--json")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the command is tried on an embedded database of its own")
    folder = tmp_path_factory.mktemp("officers")
    homes.copy_to(folder)
    return folder


COMMITTEE = ["--agency", "committee", "--agency-name", "Committee", "--kind",
             "national_committee"]  # fmt: skip
BOARD = ["--agency", "board", "--agency-name", "Board", "--kind", "competent_authority"]


@pytest.fixture(scope="module")
def board(home):
    """What was said when the first two administrators were let in, and of who came between."""
    said = [_first(home, "office.1", *COMMITTEE), _first(home, "office.2", *COMMITTEE)]
    police = ["--agency", "police", "--agency-name", "Police", "--kind", "police"]
    return [*said, _first(home, "office.2", *police), _first(home, "office.2", *BOARD)]


def test_two_first_administrators_of_two_agencies_and_never_a_third(home, board):
    one, again, police, two = board
    assert one[0] == 0, one[2]
    assert len(json.loads(one[1])["first_half"]) == 14
    assert again[0] == 2
    assert "committee has an administrator" in again[2]
    assert (police[0], police[2].count("\n")) == (2, 1)
    assert two[0] == 0, two[2]
    status, _said, complaint = _first(home, "office.3", *BOARD)
    assert status == 2
    assert "under two signatures" in complaint


def test_keys_are_rotated_under_two_signatures_once(home, board):
    halves = json.loads(board[-1][1])
    for words in (["rotate"], ["rotate", "--signed", "1"],
                  ["rotate", "--emergency", "--signed", "1"],
                  ["shred", "MK-X", "--yes"]):  # fmt: skip
        status, said, complaint = called(home, "keys", *words)
        assert (status, said, complaint.count("\n")) == (2, "", 1), words
    done = subprocess.run(
        [sys.executable, "-c", SIGN, "office.2", halves["first_half"], halves["second_half"],
         "keys.rotate", "all-keys"],
        check=False, capture_output=True, text=True, cwd=ROOT,
        env=os.environ | {"MEKHALA_HOME": str(home), "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    number = done.stdout.split()[-1]
    assert called(home, "keys", "shred", "MK-X", "--yes", "--signed", number)[0] == 2
    status, said, complaint = called(home, "keys", "rotate", "--signed", number, "--json")
    assert status == 0, complaint
    assert json.loads(said)["version"] == 2
    status, _said, complaint = called(home, "keys", "rotate", "--signed", number)
    assert status == 2
    assert "no agreed, unused second signature" in complaint
