"""Columns that hold what is said about a person: clear in Python, sealed in the database.

``person`` is the way from a row to the number of the person it is about (``"file.case_id"``);
``bound`` names columns that never change and together say which row it is. A value is sealed when
its row is written and opened when it is first read; a row that is only listed opens nothing.
Nothing else is let through: ``update`` and ``filter`` refuse a clear value. What was read and
then altered in place (a list, a dict) is not written: assign it anew.
"""

import json
from datetime import UTC, datetime
from typing import Any, cast

from django.db import DataError, models
from django.db.models.query_utils import DeferredAttribute

from mekhala.safeguards.identity import narrative
from mekhala.safeguards.identity.errors import WordsGone

ERASED = b"\0"  # left in place of what was erased, as ``guards.blank`` writes it


class Ciphertext(bytes):
    """What lies in the database, with what it said once it has been opened."""

    clear: Any = None


class Opening(DeferredAttribute):
    """Opens a sealed column on its first reading; what is assigned stays as it is."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """Return the clear value."""
        lies = super().__get__(instance, cls)
        field = cast("Sealed", self.field)
        return field.opened(instance, lies) if isinstance(lies, Ciphertext) else lies

    def __set__(self, instance: Any, value: Any) -> None:
        """Take a clear value, or what lies in the database."""
        instance.__dict__[self.field.attname] = value


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """A sealed column; the three kinds below say how a value becomes bytes and comes back."""

    _pyi_private_set_type: Any  # what the checker of types reads; a field has neither
    _pyi_private_get_type: Any

    descriptor_class = Opening

    def __init__(self, *, person: str, bound: tuple[str, ...] = (), **options: Any) -> None:
        """Keep the way to the person and the columns that say which row it is."""
        super().__init__(**options)
        self.person, self.bound = person, tuple(bound)

    def deconstruct(self) -> Any:
        """Return what migrations write."""
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"person": self.person, "bound": self.bound}

    def written(self, value: Any) -> bytes:
        """Return a clear value as bytes."""
        return bytes(value)

    def read(self, said: bytes) -> Any:
        """Return the value that was written as these bytes."""
        return said

    def get_default(self) -> Any:
        """Return the empty value, which lies in the database as nothing."""
        return self.default() if self.has_default() else self.read(b"")

    def place(self, instance: models.Model) -> narrative.Place:
        """Return where this column of a row is bound to."""
        person: Any = instance
        for step in self.person.split("."):
            person = getattr(person, step)
        row = tuple(_written(getattr(instance, name)) for name in self.bound)
        return narrative.Place(instance._meta.db_table, person, self.attname, row)

    def sealed(self, instance: models.Model, value: Any) -> Ciphertext:
        """Return a value as it is kept in this row: for ``update``. Raises ``CannotBeKeptNow``."""
        if isinstance(value, Ciphertext):
            return value
        if value is None or value == self.get_default():
            return Ciphertext()
        return Ciphertext(narrative.sealed(self.written(value), self.place(instance)))

    def sealed_with(self, instance: models.Model, key: bytes, number: int) -> Ciphertext:
        """Return what was assigned as it is kept in this row, under a key the caller keeps."""
        value = instance.__dict__[self.attname]
        if value == self.get_default():
            return Ciphertext()
        said = self.written(value)
        return Ciphertext(narrative.seal(key, number, said, self.place(instance)))

    def opened(self, instance: models.Model, lies: Ciphertext) -> Any:
        """Return what lies in this row. Raises ``WordsNotOpened``."""
        if not lies:
            return self.get_default()
        if lies == ERASED:
            raise WordsGone
        if lies.clear is None:
            lies.clear = self.read(narrative.opened(lies, self.place(instance)))
        return lies.clear

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext:  # noqa: ARG002
        """Seal what was assigned; what came from the database goes back as it lay there."""
        return self.sealed(model_instance, model_instance.__dict__[self.attname])

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Let ciphertext and the empty value through, and nothing else."""
        if value is not None and not isinstance(value, Ciphertext):
            if value != self.get_default() and value != b"":
                raise TypeError(f"{self.name} is sealed: a clear value is never sent")
            value = Ciphertext()
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, *_how: object) -> Ciphertext | None:
        """Take what lies in the database, unopened."""
        return None if value is None else Ciphertext(value)


class SealedBytes(Sealed):
    """A file."""

    _pyi_private_get_type: bytes


class SealedText(Sealed):
    """Words; ``max_length`` in characters, as in a column of text."""

    _pyi_private_get_type: str

    def written(self, value: Any) -> bytes:
        """Refuse, as the database would, what a column of text does not take."""
        text = str(value)
        if "\0" in text or (self.max_length and len(text) > self.max_length):
            raise DataError(f"{self.name}: a text that cannot be kept")
        return text.encode()

    def read(self, said: bytes) -> str:
        """Return the words."""
        return said.decode()


class SealedJSON(Sealed):
    """Lists and objects; ``default`` is ``list`` or ``dict``."""

    def written(self, value: Any) -> bytes:
        """Return the JSON."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def read(self, said: bytes) -> Any:
        """Return the object."""
        return json.loads(said) if said else {}


def _written(value: Any) -> str:
    """Return a column's value in the one form it has before and after it was in the database."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
