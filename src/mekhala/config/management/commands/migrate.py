"""``migrate``, always as the owner of the tables; quick where there is no table yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from mekhala.config import roles


class Command(migrate.Command):
    """Migrate as ``mekhala_owner``, then go back to the application's role."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the owner's role for the run of the migrations."""
        roles.become(roles.OWNER)
        try:
            if _is_empty(options["database"]):
                with each_model_drawn_alone():
                    super().handle(*args, **options)
            else:
                super().handle(*args, **options)
        finally:
            roles.become(roles.APP)


def _is_empty(database: str) -> bool:
    return not MigrationRecorder(connections[database]).applied_migrations()


@contextmanager
def each_model_drawn_alone() -> Iterator[None]:
    """Draw only the model a step changes anew, not every model it is related to.

    Here nearly every model is related to every other through officers and cases, so Django would
    draw some two hundred classes for each step: nine tenths of the time of a first start. An empty
    database has no rows a step could read through a stale relation, and the tables come out the
    same (``python -m benchmarks.first_tables``; ADR "The first tables are made quickly").
    """
    whole = ProjectState._find_reload_model  # type: ignore[attr-defined]
    ProjectState._find_reload_model = _only_itself  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = whole  # type: ignore[attr-defined]


def _only_itself(
    _state: ProjectState, app_label: str, model_name: str, *_delay: bool
) -> set[tuple[str, str]]:
    return {(app_label, model_name)}
