"""The catalogues of words: gathered from code, templates and data, and compiled.

``python -m mekhala.config.catalogues update`` brings ``locale/*/LC_MESSAGES/django.po`` up to
date; ``compile`` writes the ``.mo`` files Django reads. Babel does the work, so no gettext
tools are needed.
"""

import csv
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from mekhala.core.law.expression import said_as
from mekhala.core.law.statute import Statute

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
LANGUAGES = ("en", "km")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {
    "_": None, "_lazy": None, "_now": None,  # names some modules give them
    "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
}  # fmt: skip
# Words that live in data and are shown on pages: file under the package, columns.
TABLES = {
    "core/vocabulary/facts.csv": ("meaning",),
    "core/reasoning/indicators.csv": ("meaning",),
}
type Message = str | tuple[str, ...]
# The translator's comment of a message; two readers put "read by … and …" in its place.
REVIEW = "machine translation, to be reviewed by two native readers"


def main(words: list[str]) -> int:
    """Run ``update`` or ``compile``."""
    if words == ["update"]:
        update()
    elif words == ["compile"]:
        compile_all()
    else:
        print("usage: python -m mekhala.config.catalogues update|compile", file=sys.stderr)
        return 2
    return 0


def gathered() -> Catalog:
    """Return a catalogue of every word in the code, the templates and the data tables."""
    catalog = Catalog(project="Mekhala", version="", charset="utf-8", creation_date=SINCE)
    for place, message in _found():
        catalog.add(message, locations=[(place, 1)])
    return catalog


def update() -> None:
    """Merge the gathered words into each language's catalogue, keeping every translation."""
    for language in LANGUAGES:
        template = gathered()  # one each: Babel hands its messages over, not copies of them
        path = _path(language)
        kept = _read(path, language)
        kept.update(template, no_fuzzy_matching=True)
        kept.obsolete.clear()
        if language == "en":
            _speak_for_itself(kept)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_po(out, kept, width=100, include_lineno=False, sort_output=True)


def _speak_for_itself(english: Catalog) -> None:
    """Give every English message itself as its text: English is what the code is written in."""
    for message in english:
        if message.id:
            message.string = message.id


def compile_all() -> None:
    """Write the compiled catalogue of each language where it is older than its source."""
    for language in LANGUAGES:
        source = _path(language)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        fresh = target.with_suffix(".new")
        with fresh.open("wb") as out:
            write_mo(out, _read(source, language))
        fresh.replace(target)


def _found() -> Iterator[tuple[str, Message]]:
    yield from _in_python()
    yield from _in_templates()
    yield from _in_tables()
    yield from _in_law()
    yield from _in_periods()
    yield from _in_warnings()


def _in_python() -> Iterator[tuple[str, Message]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            with path.open("rb") as source:
                yield from _extracted(source, path)


def _in_templates() -> Iterator[tuple[str, Message]]:
    from django.utils.translation.template import templatize

    for path in sorted([*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if "built" in path.parts:
            continue
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        flat = "\n".join(line.strip() for line in text.splitlines())  # indentation means nothing
        yield from _extracted(io.BytesIO(flat.encode()), path)


def _in_tables() -> Iterator[tuple[str, Message]]:
    for name, columns in TABLES.items():
        with (PACKAGE / name).open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                yield from ((name, row[column]) for column in columns if row.get(column))


def _in_law() -> Iterator[tuple[str, Message]]:
    """Yield what a text of law is about and asks for; its notes and sources stay as written."""
    from mekhala.core.law.library import countries, statutes, treaties

    for kept in (*map(statutes, countries()), treaties()):
        for statute in kept.values():
            yield from (("core/law/statutes", words) for words in words_of(statute))


def _in_periods() -> Iterator[tuple[str, Message]]:
    """Yield what each kind of record is called; on what its period rests stays as written."""
    from mekhala.safeguards.retention.periods import kinds

    yield from (("safeguards/retention/periods.yaml", kind.title) for kind in kinds().values())


def _in_warnings() -> Iterator[tuple[str, Message]]:
    """Yield what a warning about a proceeding means and when it is raised."""
    from mekhala.core.reasoning.fair_trial.flags import flags

    for flag in flags().values():
        yield from (("fair_trial/flags.yaml", words) for words in (flag.meaning, flag.raised))


def words_of(statute: Statute) -> Iterator[str]:
    """Yield the words of a statute that pages translate: titles, elements, what is defined."""
    yield statute.title
    for article in statute.articles:
        yield article.title
        yield from (said_as(name) for name in article.defines)
        judged = article.provision
        if judged:
            yield from (element.label for element in judged.elements)
            yield from (raised.label for raised in judged.aggravations)
    for clock in statute.clocks:
        yield from (clock.name, clock.applies_to, clock.runs_from)


def _extracted(source: IO[bytes], path: Path) -> Iterator[tuple[str, Message]]:
    place = path.relative_to(PACKAGE).as_posix()
    for _line, function, messages, _comments in extract_python(source, KEYWORDS, [], {}):
        yield from ((place, m) for m in _message(function, messages))


def _message(function: Any, messages: Any) -> list[Message]:
    """Return the message as Babel's catalogue takes it: a text, or one and its plural."""
    parts = tuple(m for m in (messages if isinstance(messages, tuple) else (messages,)) if m)
    if not parts:
        return []
    return [parts[:2] if function.startswith("ngettext") else parts[0]]


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        kept = Catalog(locale=language, project="Mekhala", version="", charset="utf-8", fuzzy=False)
    else:
        with path.open("rb") as source:
            kept = read_po(source, locale=language)
    kept.header_comment = f"# Words of Mekhala: {language}. Apache-2.0."
    kept.creation_date = kept.revision_date = SINCE  # a date that moves would only make noise
    kept.last_translator = kept.language_team = kept.msgid_bugs_address = "see CONTRIBUTING.md"
    return kept


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
