"""The cryptographic inventory, read from the code: no line of it is written by hand (R-37).

Keys are told by the modules that use them (``USES``), passwords by the settings, digests without
a key by the calls that make them.
"""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mekhala.core.cryptography import Use

PACKAGE = Path(__file__).resolve().parents[1]
KEYED = ("cryptography", "hmac", "pyrage", "nacl")  # whoever imports one of these tells its use
ALONE = "mekhala.safeguards.audit.verifier"  # imports nothing of ours; has the public key only
COLUMNS = ("What", "Algorithm", "Standard", "Key", "Where the key lies", "Owner", "Rotation")


def page() -> str:
    """Return the inventory as Markdown."""
    rows = [
        f"| {use.what} | {use.algorithm} | {use.standard} | {use.key_bits} bits | {use.lies} |"
        f" {use.owner} | {use.rotation} | `{module}` |"
        for module, use in uses()
    ]
    head = f"| {' | '.join(COLUMNS)} | Module |\n|{'---|' * (len(COLUMNS) + 1)}"
    plain = [f"- `{module}`: {', '.join(names)}" for module, names in digests()]
    return "\n".join(
        [
            "# Cryptographic inventory", "",
            "Printed by `mekhala keys inventory` from the code; a test compares it with this page.",
            "", "## Keys", "", head, *rows, "",
            "## Passwords", "", *[f"- {said}" for said in passwords()], "",
            "## Digests without a key", "",
            "They tell whether two things are the same, and keep nothing secret.", "", *plain, "",
        ]
    )  # fmt: skip


def uses() -> Iterator[tuple[str, Use]]:
    """Return every use of a key, with the module that tells of it, in the order of modules."""
    for path in _modules("USES"):
        if any(_assigned(node) == "USES" for node in _tree(path).body):
            name = _name(path)
            yield from ((name, use) for use in importlib.import_module(name).USES)


def silent() -> list[str]:
    """Return the modules that use a key and do not tell of it, nor import one that does."""
    telling = {module for module, _use in uses()}
    imported = {_name(path): set(_imports(_tree(path))) for path in _modules(*KEYED)}
    return [
        name for name, found in imported.items()
        if name not in {ALONE, *telling} and not found & telling
        and any(module.split(".")[0] in KEYED for module in found)
    ]  # fmt: skip


def digests() -> Iterator[tuple[str, list[str]]]:
    """Return the modules that make digests without a key, and by which functions."""
    for path in _modules("hashlib"):
        called = {
            node.attr for node in ast.walk(_tree(path))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            and node.value.id == "hashlib" and node.attr != "new"
        }  # fmt: skip
        if called:
            yield _name(path), sorted(called)


def passwords() -> Iterator[str]:
    """Return how passwords are kept, the first for new ones."""
    from django.utils.module_loading import import_string

    from mekhala.config.settings.base import PASSWORD_HASHERS

    for path in PASSWORD_HASHERS:
        hasher: Any = import_string(path)
        told = ("work_factor", "block_size", "parallelism", "iterations")
        figures = [f"{name} {getattr(hasher, name)}" for name in told if hasattr(hasher, name)]
        yield f"{hasher.algorithm}: {', '.join(figures)}"


def _modules(*words: str) -> Iterator[Path]:
    """Yield the modules that hold one of these words: only they need reading as a program."""
    for path in sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in words):
            yield path


def _name(path: Path) -> str:
    parts = ("mekhala", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _assigned(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return target.id if isinstance(target, ast.Name) else ""


def _imports(tree: ast.Module) -> Iterator[str]:
    """Return the dotted name of all that is imported, within functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
