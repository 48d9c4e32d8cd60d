"""The documents say what is there: links, rooms, settings, commands, labels."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mekhala.cli import COMMANDS
from mekhala.config.settings.base import ROOMS
from mekhala.safeguards.access.purposes import Purpose, Role

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "deploy").glob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
READ = re.compile(
    r"""(?:environ(?:\.get\(|\.setdefault\(|\[)|\b(?:port|proxies)\()\s*["']([A-Z_]+)["']"""
)
NAMED = re.compile(r"^#?([A-Z][A-Z_]+)=", re.MULTILINE)
# Paths of somebody's machine, and talk about how the repository is made, stand in no document.
MADE_BY_HAND = re.compile(r"/(?:work|home|root|Users)/\w")


def _text(page):
    return page.read_text(encoding="utf-8")


def _anchors(page):
    """Return the anchors a repository host gives to the headings of ``page``."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", _text(page)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def _ids(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_every_link_leads_somewhere(page):
    for address in LINK.findall(CODE.sub("", _text(page))):
        if "://" in address:
            continue
        path, _hash, anchor = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), address
        assert not anchor or anchor in _anchors(target), address


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_pictures_lie_beside_the_documents_and_say_what_they_show(page):
    for address in PICTURE.findall(_text(page)):
        assert (page.parent / address).resolve().parent == DOCS / "images", address
    assert "![](" not in _text(page)


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_no_document_names_a_place_on_somebodys_machine(page):
    assert not MADE_BY_HAND.search(_text(page))


def test_every_document_is_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = (address.partition("#")[0] for address in LINK.findall(_text(page)))
        waiting += [(page.parent / p).resolve() for p in links if p and "://" not in p]
    assert set(PAGES) <= reached


@pytest.mark.parametrize("name", [app.split(".")[2] for app in ROOMS if app.count(".") == 2])
def test_the_architecture_names_every_room_and_safeguard(name):
    assert f"`{name}`" in _text(DOCS / "architecture.md")


@pytest.mark.parametrize(
    "name", [app.split(".")[2] for app in ROOMS if ".pathway." in app or ".population." in app]
)
def test_the_way_of_a_case_has_a_chapter_for_every_room(name):
    assert f"### {name.capitalize()}\n" in _text(DOCS / "pathway.md")


def test_every_guarded_table_stands_in_the_architecture_and_in_the_impact_assessment():
    from tests.safeguards.test_row_security import PERSON_TABLES

    for page in (DOCS / "architecture.md", DOCS / "data-protection-impact-assessment.md"):
        text = _text(page)
        for table in PERSON_TABLES:
            ending = table[table.index("_") :]
            assert f"`{table}`" in text or f"`{ending}`" in text, f"{page.name}: {table}"


FILE = re.compile(r"`([\w.*-][\w./*-]*(?:/|\.(?:py|yaml|js|sql|toml|lock|json|csv)))`")


def _not_there(line):
    """Return the files a line of the threat model names that are nowhere.

    Below the root, the source or the tests; or beside, or a folder above, one named before.
    """
    beside, lost = set(), []
    for name in FILE.findall(line):
        places = [ROOT, ROOT / "src" / "mekhala", ROOT / "tests", *beside]
        found = [path for place in places for path in place.glob(name.rstrip("/"))]
        beside |= {
            p
            for path in found
            for p in (path if path.is_dir() else path.parent, path.parent.parent)
        }
        lost += [] if found else [name]
    return lost


def test_the_threat_model_names_only_files_that_are_there():
    lines = _text(DOCS / "threat-model.md").splitlines()
    assert [name for line in lines for name in _not_there(line)] == []
    assert _not_there("`safeguards/no_such_guard.py`") == ["safeguards/no_such_guard.py"]


def test_the_threat_model_names_only_proofs_that_are_run():
    from benchmarks.proof_table import PROOFS

    known = {name for proof in PROOFS for name in proof.says}
    said = re.findall(r"\bTP-[A-Z0-9]+(?:-[A-Z]+)?\b", _text(DOCS / "threat-model.md"))
    assert set(said) - known == set()


def test_the_threat_model_answers_every_attack_and_every_requirement():
    text = _text(DOCS / "threat-model.md")
    attacks = [int(n) for n in re.findall(r"^\| K(\d+) \|", text, re.MULTILINE)]
    assert attacks == list(range(1, 33))
    rows = re.findall(r"^\| (R-\d\d) \|.*\| (met|narrower|open) \|", text, re.MULTILINE)
    groups = ((1, 13), (20, 26), (30, 38), (40, 48), (50, 61), (70, 74), (80, 83))
    assert [r for r, _ in rows] == [f"R-{n:02}" for a, z in groups for n in range(a, z + 1)]


def test_the_example_has_every_setting_that_is_read_and_no_other():
    config = (ROOT / "src" / "mekhala" / "config").rglob("*.py")
    read = {name for path in config for name in READ.findall(_text(path))}
    assert set(NAMED.findall(_text(ROOT / ".env.example"))) == read


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_documents_name_only_commands_that_exist(page):
    for block in [*re.findall(r"`([^`\n]+)`", _text(page)), *CODE.findall(_text(page))]:
        for word in re.findall(r"(?:^|/|`)mekhala ([a-z][a-z-]+)", block, re.MULTILINE):
            assert word in COMMANDS, word


def test_the_readme_names_every_command():
    said = subprocess.run(
        [sys.executable, "-m", "mekhala.cli", "--help"], check=True, capture_output=True, text=True,
        cwd=ROOT / "src",
    ).stdout  # fmt: skip
    for word in re.findall(r"^  ([a-z-]+) ", said, re.MULTILINE):
        assert f"mekhala {word}" in _text(ROOT / "README.md"), word


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_documents_name_only_what_run_can_do(page):
    known = set(re.findall(r"^(\w+)(?: \|[^)]*)?\)", _text(ROOT / "run"), re.MULTILINE))
    for word in re.findall(r"\./run (\w+)", _text(page)):
        assert word in known, word


@pytest.mark.parametrize("word", [*Role, *Purpose])
def test_the_glossary_has_every_role_and_purpose_as_the_pages_say_it(word):
    assert f"| {word.label} | `{word.value}` |" in _text(DOCS / "glossary.md")


def test_the_roles_of_the_server_are_those_of_the_program():
    from mekhala.config import roles

    made = set(re.findall(r"create role (\w+)", _text(ROOT / "deploy" / "roles.sql")))
    assert {roles.OWNER, roles.APP, roles.PUBLIC} <= made


def test_no_role_at_work_may_pass_row_security_by():
    for line in _text(ROOT / "deploy" / "roles.sql").splitlines():
        if "create role" in line and re.search(r"(?<!no)bypassrls", line):
            assert "mekhala_backup" in line
