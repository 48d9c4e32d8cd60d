"""Build the app on phones: ``built/field/``, every part with the hash of its content in its name.

``parts.json`` says which parts there are: the page's script, style and icon, and ``at_first``,
which the worker keeps from the first visit on: all but what only some forms need.
"""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from mekhala.web.script_words import LANGUAGES, words_of

HERE = Path(__file__).resolve().parent
WORDS = HERE.parent / "field" / "words"
AT = "/f/app/"
FONTS = (
    ("@fontsource/noto-sans", "noto-sans-latin-400"),
    ("@fontsource/noto-sans", "noto-sans-latin-600"),
    ("@fontsource/noto-sans", "noto-sans-vietnamese-400"),
    ("@fontsource/noto-sans-khmer", "noto-sans-khmer-khmer-400"),
)
GREY, LINE = "#6b7780", "#ffffff"
type Tool = Callable[..., None]


def sources() -> list[Path]:
    """Return what the app is made from besides ``src/``."""
    return [Path(__file__), HERE / "compress.mjs", *sorted(WORDS.glob("*.toml"))]


def build_field(out: Path, modules: Path, *, sass: Tool, esbuild: Tool, compress: Tool) -> None:
    """Make ``out``. ``sass(source, target)``; ``esbuild(arguments)``; ``compress(paths)``."""
    out.mkdir()
    parts = _scripts(out, esbuild)
    parts |= {"style": _style(out, modules, sass), **_icons(out)}
    fonts = sorted(AT + p.name for p in out.glob("*.woff2"))
    always = sorted(AT + p.name for p in out.iterdir() if p.suffix in (".js", ".wasm"))
    at_first = sorted({*always, *fonts, parts["style"], parts["icon"]})
    compress([p for p in sorted(out.iterdir()) if p.suffix in (".js", ".css", ".svg", ".wasm")])
    (out / "worker.js").write_text((HERE / "src" / "field" / "worker.js").read_text())
    (out / "parts.json").write_text(json.dumps(parts | {"at_first": at_first}, indent=1))


def words() -> dict[str, dict[str, dict[str, str]]]:
    """Return the words of the app: language → part → key → text."""
    return {
        language: {part: words_of(part, language) for part in ("app", "form")}
        for language in LANGUAGES
    }


def _scripts(out: Path, esbuild: Tool) -> dict[str, str]:
    said, met = out / "words.json", out / "meta.json"
    said.write_text(json.dumps(words(), ensure_ascii=False), encoding="utf-8")
    entries = {name: HERE / "src" / "field" / f"{name}.js" for name in ("app", "calendar")}
    esbuild([
        *entries.values(), f"--alias:notes-words={said}", "--entry-names=[name]-[hash]",
        "--chunk-names=[name]-[hash]", "--charset=utf8",
        "--target=es2022", f"--metafile={met}", f"--outdir={out}", f"--public-path={AT}",
    ])  # fmt: skip
    made = json.loads(met.read_text())["outputs"]
    named = {
        Path(o["entryPoint"]).stem: AT + Path(path).name
        for path, o in made.items() if o.get("entryPoint")
    }  # fmt: skip
    said.unlink()
    met.unlink()
    return {"script": named["app"], "calendar": named["calendar"]}


def _style(out: Path, modules: Path, sass: Tool) -> str:
    raw = out / "field.css"
    sass(HERE / "src" / "field.scss", raw)
    text = raw.read_text(encoding="utf-8")
    raw.unlink()
    for package, name in FONTS:
        content = (modules / package / "files" / f"{name}-normal.woff2").read_bytes()
        kept = _named(out, f"{name}.woff2", content)
        text = text.replace(f'url("{name}-normal.woff2")', f'url("{AT}{kept}")')
        text = text.replace(f"url({name}-normal.woff2)", f'url("{AT}{kept}")')
    if left := re.findall(r"url\((?!\"?(?:/f/app/|data:))[^)]{0,300}\)", text):
        raise ValueError(f"field.scss: {left[0]} is no part of the app")
    return AT + _named(out, "style.css", text.encode())


def _icons(out: Path) -> dict[str, str]:
    """Draw a grey sheet with three lines: it says nothing."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<path fill="{GREY}" d="M8 4h48v56H8z"/>'
        f'<path fill="{LINE}" d="M16 18h32v4H16zm0 12h32v4H16zm0 12h20v4H16z"/></svg>'
    )
    made = {"icon.svg": AT + _named(out, "icon.svg", svg.encode())}
    for size in (192, 512):
        sheet = Image.new("L", (64, 64), 119)
        draw = ImageDraw.Draw(sheet)
        for top, right in ((18, 48), (30, 48), (42, 36)):
            draw.rectangle((16, top, right, top + 3), fill=255)
        place = out / "icon.png"
        sheet.resize((size, size), Image.Resampling.NEAREST).save(place, optimize=True)
        made[f"icon-{size}.png"] = AT + _named(out, f"icon-{size}.png", place.read_bytes())
        place.unlink()
    return made | {"icon": made["icon.svg"]}


def _named(out: Path, name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    kept = f"{stem}-{hashlib.sha256(content).hexdigest()[:8]}{dot}{suffix}"
    (out / kept).write_bytes(content)
    return kept
