"""One object of a proceeding as it is written: its values by key, each checked as it is taken."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from mekhala.core.law.library import countries, statutes
from mekhala.core.reasoning.case import SHORTENED, VALUES
from mekhala.core.vocabulary.nearest import CLEARLY_A_SLIP, nearest
from mekhala.core.wrong_input import WrongInput

UNKNOWN = "unknown"
LANGUAGE = re.compile(r"[a-z]{2,3}")
KHMER = {"khm": "km"}  # the three letters of ISO 639-2 mean the same
SURELY_A_SLIP = 0.88  # where other words than ours are legal
MOST = 1_000_000_000  # of anything; a longer number is a slip of the hand


class Row:
    """What is written in one place. ``left_aside`` is one list for the whole proceeding."""

    known: bool  # set for an entry of a list: whether anything at all is said of it

    def __init__(
        self,
        written: Mapping[str, Any],
        where: str,
        *,
        path: str = "",
        left_aside: list[str] | None = None,
    ) -> None:
        """Stand at ``where`` (for words), on ``path`` (for the answer)."""
        self.written, self.where, self.path = written, where, path
        self.left_aside: list[str] = [] if left_aside is None else left_aside

    def check(self, known: Collection[str]) -> None:
        """Note the keys that are not ours; refuse one that is a misspelling of ours."""
        for key in self.written:
            if key in known:
                continue
            near = nearest(key, known, cutoff=CLEARLY_A_SLIP)
            if near is not None:
                raise WrongInput(f"{self.where}: {key!r} is no key; did you mean {near!r}?")
            self.left_aside.append(f"{self.path}{key}")

    def value(self, key: str) -> Any:
        """Return what stands under ``key``; None where it is left out, null or unknown."""
        found = self.written.get(key)
        return None if isinstance(found, str) and found == UNKNOWN else found

    def answer(self, key: str) -> bool | None:
        """Return yes as True, no as False."""
        found = self.value(key)
        if found is None:
            return None
        if not isinstance(found, str) or found not in VALUES:
            raise self._wrong(key, found, "yes, no or unknown")
        return VALUES[found]

    def answers(self, *keys: str) -> dict[str, Any]:
        """Return the answers under several keys."""
        return {key: self.answer(key) for key in keys}

    def word[Word: StrEnum](
        self, key: str, words: type[Word], *, among: Collection[Word] = ()
    ) -> Word | None:
        """Return the word under ``key``; ``among`` narrows which of ``words`` may stand here."""
        found = self.value(key)
        return None if found is None else self._word(key, found, words, among)

    def words[Word: StrEnum](self, key: str, words: type[Word]) -> tuple[Word | None, ...] | None:
        """Return the list of words under ``key``; an entry may be unknown."""
        found = self.value(key)
        if found is None:
            return None
        if not isinstance(found, list):
            raise self._wrong(key, found, f"a list of {_listed(words)}, or unknown")
        return tuple(
            None if each in (None, UNKNOWN) else self._word(f"{key}[{i}]", each, words)
            for i, each in enumerate(found)
        )

    def _word[Word: StrEnum](
        self, key: str, found: object, words: type[Word], among: Collection[Word] = ()
    ) -> Word:
        legal: Mapping[str, Word] = _legal(words, frozenset(among))
        if not isinstance(found, str) or found not in legal:
            raise self._wrong(key, found, f"{_listed(legal)} or unknown", among=legal)
        return legal[found]

    def open_word(self, key: str, usual: Iterable[str]) -> str | None:
        """Return the word under ``key``: one of the ``usual`` or another, but no misspelling."""
        found, words = self.text(key), tuple(usual)
        if found is None or found in words:
            return found
        if _is_a_slip(found, words):
            raise self._wrong(key, found, f"{_listed(words)}, unknown or another word", among=words)
        return found

    def text(self, key: str) -> str | None:
        """Return the text under ``key``."""
        found = self.value(key)
        if found is None or (isinstance(found, str) and found.strip()):
            return found
        raise self._wrong(key, found, "a text in quotes, or unknown")

    def number(self, key: str, of: str) -> float | None:
        """Return the number of ``of`` (hours, years …) under ``key``: 0 or more."""
        found = self.value(key)
        if found is None:
            return None
        number = isinstance(found, int | float) and not isinstance(found, bool)
        if not number or not math.isfinite(found) or not 0 <= found <= MOST:
            raise self._wrong(key, found, f"a number of {of}, 0 or more, null or unknown")
        return found  # type: ignore[no-any-return]

    def language(self, key: str) -> str | None:
        """Return the code of a language under ``key``, as ISO 639 has it."""
        found = self.value(key)
        if found is None:
            return None
        code = str(found).strip().lower()
        if not isinstance(found, str) or not LANGUAGE.fullmatch(code):
            raise self._wrong(key, found, "a code of ISO 639 like km, vi or th, or unknown")
        return KHMER.get(code, code)

    def statute(self, key: str) -> str | None:
        """Return the statute cited; one that is not kept may be cited, a misspelling may not."""
        found, kept = self.text(key), statutes_kept()
        if found is None or found in kept:
            return found
        if nearest(found, kept, cutoff=CLEARLY_A_SLIP) is not None:
            raise self._wrong(key, found, "a statute as it is cited", among=kept)
        return found

    def inside(self, key: str) -> "Row":
        """Return the object under ``key``; an empty one where it is not known."""
        found = self.value(key)
        where = f"{self.where}: {key}"
        written = {} if found is None else object_at(found, where)
        return self._at(written, where, f"{self.path}{key}.")

    def entries[Entry](self, key: str, read: Callable[["Row"], Entry]) -> tuple[Entry, ...] | None:
        """Return what ``read`` makes of each entry of the list under ``key``."""
        found = self.value(key)
        if found is None:
            return None
        if not isinstance(found, list):
            raise self._wrong(key, found, "a list of objects, or unknown")
        return tuple(read(self._entry(each, f"{key}[{i}]")) for i, each in enumerate(found))

    def _entry(self, written: object, key: str) -> "Row":
        known = written not in (None, UNKNOWN)
        where = f"{self.where}: {key}"
        row = self._at(object_at(written, where) if known else {}, where, f"{self.path}{key}.")
        row.known = known
        return row

    def _at(self, written: Mapping[str, Any], where: str, path: str) -> "Row":
        return Row(written, where, path=path, left_aside=self.left_aside)

    def _wrong(
        self, key: str, found: object, expected: str, *, among: Iterable[str] = ()
    ) -> WrongInput:
        """Return one sentence: where, what stands there, what was expected."""
        near = nearest(str(found), [str(word) for word in among], cutoff=CLEARLY_A_SLIP)
        hint = f" (did you mean {near!r}?)" if near else ""
        shown = SHORTENED.repr(found)
        return WrongInput(f"{self.where}: {key}: {shown} cannot be read; expected {expected}{hint}")


def object_at(written: object, where: str) -> Mapping[str, Any]:
    """Return ``written`` if it is an object with texts as keys, or refuse it."""
    if not isinstance(written, Mapping):
        shown = SHORTENED.repr(written)
        raise WrongInput(f"{where}: {shown} is no object; expected keys and values, or unknown")
    for key in written:
        if not isinstance(key, str):
            raise WrongInput(f"{where}: {key!r} is no key; expected texts as keys")
    return written


@cache
def _legal[Word: StrEnum](words: type[Word], among: frozenset[Word]) -> Mapping[str, Word]:
    """The words that may stand in one place, in their order."""
    return {word.value: word for word in words if not among or word in among}


@lru_cache(maxsize=1000)
def _is_a_slip(word: str, usual: tuple[str, ...]) -> bool:
    return nearest(word, usual, cutoff=SURELY_A_SLIP) is not None


@cache
def statutes_kept() -> Mapping[str, str]:
    """Return the country of each statute that is kept."""
    return {code: country for country in countries() for code in statutes(country)}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
