"""The bill of materials: whole, the same each time, licences we may use, all of it pinned."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mekhala.config import sbom

ROOT = Path(__file__).resolve().parents[2]
# What may be taken into an Apache-2.0 program that is handed on as source; weak copyleft (MPL,
# LGPL) as libraries of their own, unaltered.
ALLOWED = {
    "LLVM-exception",  # widens Apache-2.0
    "Apache-2.0", "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib",
    "PSF-2.0", "CC0-1.0", "OFL-1.1", "MPL-2.0", "LGPL-3.0-only",
}  # fmt: skip


@pytest.fixture(scope="module")
def bill():
    return sbom.bill()


def test_it_has_what_the_format_asks_for(bill):
    """CycloneDX 1.6: required words, their shapes, references that lead somewhere."""
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    refs = [one["bom-ref"] for one in bill["components"]] + [
        bill["metadata"]["component"]["bom-ref"]
    ]
    assert len(set(refs)) == len(refs)
    for one in bill["components"]:
        assert one["type"] == "library"
        assert one["name"]
        assert one["version"]
        assert re.fullmatch(r"pkg:(pypi|npm)/\S+@\S+", one["purl"])
    assert {one["ref"] for one in bill["dependencies"]} == set(refs)
    assert {ref for one in bill["dependencies"] for ref in one["dependsOn"]} <= set(refs)
    assert bill["components"] == sorted(bill["components"], key=lambda one: one["bom-ref"])


def test_every_package_of_both_locks_is_in_it(bill):
    names = {(one["purl"].split("/")[0], one["name"], one["version"]) for one in bill["components"]}
    lock = (ROOT / "requirements.lock").read_text()
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE)
    assert len(pinned) > 50
    assert {("pkg:pypi", name, version) for name, version in pinned} <= names
    places = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    browser = {("pkg:npm", p.rpartition("node_modules/")[2], s["version"])
               for p, s in places.items() if p}  # fmt: skip
    assert browser <= names
    assert len(names) == len(set(pinned)) + len(browser)


def test_everything_is_needed_by_somebody(bill):
    needed = {ref for one in bill["dependencies"] for ref in one["dependsOn"]}
    orphans = {o["bom-ref"] for o in bill["components"]} - needed
    assert not [ref for ref in orphans if ref.startswith("pkg:pypi")]


def test_every_package_is_pinned_by_its_digest(bill):
    lengths = {"SHA-256": 64, "SHA-384": 96, "SHA-512": 128}
    for one in bill["components"]:
        assert one["hashes"], one["name"]
        assert all(len(h["content"]) == lengths[h["alg"]] for h in one["hashes"])


def parts_of(expression):
    return [
        part for part in re.split(r"[()\s]+", expression) if part not in ("", "AND", "OR", "WITH")
    ]


def test_every_licence_is_one_we_may_use(bill):
    for one in bill["components"]:
        (said,) = one["licenses"]
        unknown = set(parts_of(said["expression"])) - ALLOWED
        assert not unknown, f"{one['name']}: {unknown}"


def test_a_package_without_a_licence_would_be_found():
    lock = "nobody-knows==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via mekhala\n"
    (one,) = sbom.document(sbom.python_packages(lock))["components"]
    assert "licenses" not in one


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_each_lock_pins_every_package_by_hash(lock):
    for one in sbom.python_packages((ROOT / lock).read_text()):
        assert one.digests, one.name
    text = (ROOT / lock).read_text()
    assert not re.search(r"^\s*(--(extra-)?index-url|--find-links|-e |git\+|https?://)", text, re.M)


def test_the_same_locks_give_the_same_bytes_and_no_machine_is_in_them():
    def made(**more):
        return subprocess.run(
            [sys.executable, "-m", "mekhala.config.sbom"], check=True, capture_output=True,
            text=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | more,
        ).stdout  # fmt: skip

    first = made(PYTHONHASHSEED="1")
    assert first == made(PYTHONHASHSEED="2")
    assert "timestamp" not in first
    dated = json.loads(made(SOURCE_DATE_EPOCH="1767225600"))
    assert dated["metadata"]["timestamp"] == "2026-01-01T00:00:00+00:00"
    for trace in (str(ROOT), str(Path.home()), "pypi.org", "pythonhosted", "registry.", "npmjs"):
        assert trace not in first
