"""What the key service answers: wrap, unwrap, take_over, compare, rewrap, rotate, shred, erased,
index, blind, link, unseal, status.

Nothing else. Nothing hands out a wrapping, index or linkage key. A data key is handed out for one
number at a time, and for a few dozen at once only to compare them with one person, within an
allowance of its own.
"""

import json
import re
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

from mekhala.safeguards.keys import keyring as files
from mekhala.safeguards.keys.errors import Refused
from mekhala.safeguards.keys.field_keys import FieldKeys
from mekhala.safeguards.keys.keyring import Keyring
from mekhala.safeguards.keys.lookups import LookupKeys
from mekhala.safeguards.keys.protocol import Malformed, packed, unpacked
from mekhala.safeguards.keys.quota import DAY, Allowance, Limits, Quota
from mekhala.safeguards.keys.wrapping import DoesNotOpen, Place, unbox, unwrap, wrap

RECORD, SHREDDED, LIMITS = "unwraps.log", "shredded", "limits.json"
INDEXED, LINKED, BLINDED, COMPARED = "indexed.log", "linked.log", "blinded.log", "compared.log"
UNSEALED, TAKEN = "unsealed.log", "taken.log"
_FILLED = re.compile(r"SB-[0-9A-Z-]{4,20}")  # the number of a filled form, and of nobody
MOST_KEYS_OF_ONE = 2000  # in one unwrap: one for each time something of the person was written
MOST_AT_ONCE = 5000  # in one wrap, rewrap or link
MOST_INDEXED = 10  # values in one request
MOST_COMPARED = 40  # people in one compare
MOST_BLINDED, MOST_STRINGS = 500, 100  # people in one blind, and strings of one of them
LONGEST = 1000  # characters of a string to index or link
SYSTEM = "system"  # acts for nobody: has no limit of its own, only that of all
BOXED, WRAPPED = "boxed", "wrapped"


class KeyService:
    """Answers requests with the keys of one folder; several threads may ask at once."""

    def __init__(self, folder: int, clock: Callable[[], float]) -> None:
        """Read keys, limits, the shred list and what was opened in the last day."""
        self.folder, self.clock = folder, clock
        self.keyring = Keyring(folder)
        self.field = FieldKeys(folder)
        self.shredded = set(files.lines_of(folder, SHREDDED))
        limits = Limits.read(json.loads("\n".join(files.lines_of(folder, LIMITS)) or "{}"))
        self.lookups = LookupKeys(folder)
        self.quota = Quota(limits)
        self.indexed = Allowance(for_all=limits.all_index_per_day, per_hour=limits.index_per_hour,
                                 per_day=limits.index_per_day)  # fmt: skip
        self.linked = Allowance(for_all=limits.link_per_day)
        self.blinded = Allowance(for_all=limits.all_blind_per_day, per_hour=limits.blind_per_hour,
                                 per_day=limits.blind_per_day)  # fmt: skip
        self.compared = Allowance(
            for_all=limits.all_compare_per_day, per_hour=limits.compare_per_hour,
            per_day=limits.compare_per_day,
        )  # fmt: skip
        self.unsealed = Allowance(
            for_all=limits.all_unseal_per_day, per_hour=limits.unseal_per_hour,
            per_day=limits.unseal_per_day,
        )  # fmt: skip
        self.taking = Allowance(for_all=limits.all_take_per_day, per_hour=limits.take_per_hour,
                                per_day=limits.take_per_day)  # fmt: skip
        self._writing, self._taking = Lock(), Lock()
        self._count_again()
        self.taken = {str(n["subject"]) for _at, _by, n in self._noted(TAKEN, since=0)}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to one request; ``{"refused": code}`` where it is refused."""
        acts: dict[object, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "wrap": self._wrap, "unwrap": self._unwrap, "rewrap": self._rewrap,
            "rotate": self._rotate, "shred": self._shred, "erased": self._erased,
            "index": self._index, "link": self._link, "status": self._status,
            "blind": self._blind, "compare": self._compare, "unseal": self._unseal,
            "take_over": self._take_over,
        }  # fmt: skip
        try:
            return acts[request.get("op")](request)
        except Refused as refusal:
            return {"refused": refusal.why}
        except DoesNotOpen:
            return {"refused": "damaged"}
        except (KeyError, TypeError, ValueError, AttributeError, Malformed):
            return {"refused": "malformed"}

    def _wrap(self, request: dict[str, Any]) -> dict[str, Any]:
        items, version = _items(request, MOST_AT_ONCE), self.keyring.current
        wrapped = []
        for item in items:
            place = Place(_number(item["subject"]), int(item["number"]), version.number)
            self._refuse_shredded(place.subject)
            wrapped.append(packed(wrap(unpacked(item["key"]), version.wrapping, place)))
        return {"version": version.number, "wrapped": wrapped}

    def _unwrap(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give the keys of one number to one actor, within the quota, noted before given."""
        subject, actor = _number(request["subject"]), _number(request["actor"])
        purpose = _number(request["purpose"])
        items = _items(request, MOST_KEYS_OF_ONE)
        if not self.quota.take(actor, subject, self.clock()):
            self._note(actor, purpose, subject, "quota")
            raise Refused("quota")
        try:
            self._refuse_shredded(subject)
            keys = [packed(self._opened(item | {"subject": subject})) for item in items]
        except (Refused, DoesNotOpen) as refusal:
            self._note(actor, purpose, subject, getattr(refusal, "why", "damaged"))
            raise
        self._note(actor, purpose, subject, "given")
        return {"keys": keys}

    def _take_over(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give the keys of a filled form that has just come in, once ever, so that it is mapped.

        In an allowance of its own: what many sent keeps nobody from reading. Whoever asks for the
        same form again is told so, and opens it as one opens a person.
        """
        subject, actor = _number(request["subject"]), _number(request["actor"])
        items = _items(request, MOST_KEYS_OF_ONE)
        if not _FILLED.fullmatch(subject):
            raise Refused("malformed")
        self._refuse_shredded(subject)
        with self._taking:
            if subject in self.taken:
                raise Refused("taken")
            self._allow(self.taking, TAKEN, actor, 1, subject=subject)
            self.taken.add(subject)
        return {"keys": [packed(self._opened(item | {"subject": subject})) for item in items]}

    def _compare(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give the keys of several numbers, to compare them with the one person asked about.

        None for a number whose keys do not open: one of them never stops the rest.
        """
        actor, subject = _number(request["actor"]), _number(request["subject"])
        people = [(_number(p["subject"]), p["items"]) for p in _items(request, MOST_COMPARED)]
        self._allow(self.compared, COMPARED, actor, len(people), subject=subject,
                    people=[number for number, _keys in people])  # fmt: skip
        return {"keys": [self._keys_of(number, items) for number, items in people]}

    def _keys_of(self, number: str, items: object) -> list[str] | None:
        if not isinstance(items, list) or not 0 < len(items) <= MOST_KEYS_OF_ONE:
            raise Refused("malformed")
        try:
            self._refuse_shredded(number)
            return [packed(self._opened(item | {"subject": number})) for item in items]
        except (Refused, DoesNotOpen):
            return None

    def _rewrap(self, request: dict[str, Any]) -> dict[str, Any]:
        """Wrap keys anew with the current version; none leaves the service in clear."""
        version, again = self.keyring.current, []
        for item in _items(request, MOST_AT_ONCE):
            place = Place(_number(item["subject"]), int(item["number"]), version.number)
            try:
                self._refuse_shredded(place.subject)
                again.append(packed(wrap(self._opened(item), version.wrapping, place)))
            except (Refused, DoesNotOpen):
                again.append("")  # left as it is: one damaged key never stops the rest
        return {"version": version.number, "wrapped": again}

    def _rotate(self, _request: dict[str, Any]) -> dict[str, Any]:
        with self._writing:
            self.keyring.add_version()
            self.field.add_version()
        return self._status({})

    def _shred(self, request: dict[str, Any]) -> dict[str, Any]:
        """Never again wrap or unwrap for this number, whatever backup its key comes back from."""
        subject = _number(request["subject"])
        with self._writing:
            if subject not in self.shredded:
                files.append_line(self.folder, SHREDDED, subject, to_disk=True)
                self.shredded.add(subject)
        return {"shredded": subject}

    def _index(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return blind indexes, within the actor's quota, noted with how many and of what."""
        actor, purpose = _number(request["actor"]), _number(request["purpose"])
        items = _items(request, MOST_INDEXED)
        asked = [(_number(item["field"]), _string(item["value"])) for item in items]
        fields = sorted({field for field, _value in asked})
        self._allow(self.indexed, INDEXED, actor, len(asked), purpose=purpose, fields=fields)
        return {"index": [self.lookups.index(f, purpose, value) for f, value in asked]}

    def _blind(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the blind keys of each person's strings, within the quota, noted with how many."""
        actor = _number(request["actor"])
        people = [_strings(one) for one in _items(request, MOST_BLINDED)]
        self._allow(self.blinded, BLINDED, actor, len(people), own=actor != SYSTEM)
        bits = {str(kind): int(n) for kind, n in request.get("bits", {}).items()}
        return {"keys": [self.lookups.blind(strings, bits) for strings in people]}

    def _unseal(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give the key of one envelope that a browser sealed, within the quota, noted.

        No record of a person is opened by it: it opens what has just come in, once more where it
        comes again.
        """
        actor, envelope = _number(request["actor"]), _number(request["envelope"])
        self._allow(self.unsealed, UNSEALED, actor, 1, envelope=envelope)
        key = self.field.open(unpacked(request["sealed"]), envelope, int(request["version"]))
        return {"key": packed(key)}

    def _link(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return tokens for linkage, within what all may have in a day, noted with how many."""
        actor = _number(request["actor"])
        strings = [_string(item) for item in _items(request, MOST_AT_ONCE)]
        self._allow(self.linked, LINKED, actor, len(strings))
        return {"tokens": self.lookups.tokens(strings)}

    def _allow(
        self, allowance: Allowance, record: str, actor: str, count: int, *, own: bool = True,
        **more: object,
    ) -> None:  # fmt: skip
        """Take ``count`` from an allowance and note it, or note the refusal and refuse."""
        given = allowance.take(actor if own else "", count, self.clock())
        line = {"at": self.clock(), "actor": actor, "count": count, **more,
                "answer": "given" if given else "quota"}  # fmt: skip
        with self._writing:
            files.append_line(self.folder, record, json.dumps(line))
        if not given:
            raise Refused("quota")

    def _erased(self, request: dict[str, Any]) -> dict[str, Any]:
        """Give the erased numbers in order, a page of them after the one that was last."""
        after = str(request.get("after", ""))
        with self._writing:
            numbers = sorted(number for number in self.shredded if number > after)
        return {"erased": numbers[:MOST_AT_ONCE]}

    def _status(self, _request: dict[str, Any]) -> dict[str, Any]:
        current = self.keyring.current
        return {
            "version": current.number, "versions": len(self.keyring.versions),
            "public": packed(current.public), "shredded": len(self.shredded),
            "field": {"version": self.field.newest, "public": packed(self.field.public)},
        }  # fmt: skip

    def _opened(self, item: dict[str, Any]) -> bytes:
        place = Place(_number(item["subject"]), int(item["number"]), int(item["version"]))
        version = self.keyring.versions.get(place.version)
        if version is None or item["form"] not in (BOXED, WRAPPED):
            raise DoesNotOpen
        sealed = unpacked(item["wrapped"])
        if item["form"] == BOXED:
            return unbox(sealed, version.private, place)
        return unwrap(sealed, version.wrapping, place)

    def _refuse_shredded(self, subject: str) -> None:
        if subject in self.shredded:
            raise Refused("shredded")

    def _note(self, actor: str, purpose: str, subject: str, answer: str) -> None:
        line = {"at": self.clock(), "actor": actor, "purpose": purpose, "subject": subject,
                "answer": answer}  # fmt: skip
        with self._writing:
            files.append_line(self.folder, RECORD, json.dumps(line))

    def _count_again(self) -> None:
        """Count what the records say of the last day, so that a restart gives nobody more."""
        for at, actor, noted in self._noted(RECORD):
            self.quota.count(actor, str(noted.get("subject")), at)
        of = ((self.indexed, INDEXED), (self.linked, LINKED), (self.blinded, BLINDED),
              (self.compared, COMPARED), (self.unsealed, UNSEALED),
              (self.taking, TAKEN))  # fmt: skip
        for allowance, record in of:
            for at, actor, noted in self._noted(record):
                allowance.count(actor, int(noted.get("count", 0)), at)

    def _noted(
        self, record: str, *, since: float | None = None
    ) -> Iterator[tuple[float, str, dict[str, Any]]]:
        """Return what was given since then, the last day: when, to whom, the rest of the line."""
        since = self.clock() - DAY if since is None else since
        for line in files.lines_of(self.folder, record):
            try:
                noted = json.loads(line)
                at, actor, answer = float(noted["at"]), str(noted["actor"]), noted["answer"]
            except (ValueError, KeyError, TypeError):
                continue  # half a line of a power cut
            if at > since and answer != "quota":
                yield at, actor, noted


def _items(request: dict[str, Any], most: int) -> list[Any]:
    items = request["items"]
    if not isinstance(items, list) or not 0 < len(items) <= most:
        raise Refused("malformed")
    return items


def _strings(said: object) -> list[str]:
    """Return the strings one person is looked up under; a person may have none."""
    if not isinstance(said, list) or len(said) > MOST_STRINGS:
        raise Refused("malformed")
    return [_string(string) for string in said]


def _number(said: object) -> str:
    """Return a number, an actor or a purpose: short, one line, no mark between parts."""
    if not isinstance(said, str) or not 0 < len(said) <= 120:
        raise Refused("malformed")
    if not (said.isascii() and said.isprintable()) or "|" in said:
        raise Refused("malformed")
    return said


def _string(said: object) -> str:
    """Return a string to index or link: any script, not empty, not long."""
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST:
        raise Refused("malformed")
    return said
