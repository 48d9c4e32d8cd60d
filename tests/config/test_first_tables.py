"""A first start makes its tables quickly; they must be what the models say."""

from django.apps import apps
from django.db import connection

from mekhala.config.management.commands.migrate import each_model_drawn_alone


def _columns(model):
    return {f.column: f for f in model._meta.local_concrete_fields if f.db_type(connection)}


def _stored():
    ours = (m for m in apps.get_models(include_auto_created=True) if m._meta.managed)
    return [model for model in ours if model.__module__.startswith("mekhala.")]


def test_each_column_is_there_with_the_type_its_model_says(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and a.attnum > 0"""
        )
        there = {(table, column): (kind, filled) for table, column, kind, filled in cursor}
    short = {"varchar": "character varying", "time": "time without time zone"}
    for model in _stored():
        for column, field in _columns(model).items():
            kind, filled = there[model._meta.db_table, column]
            said = field.db_type(connection).split("(")[0]
            assert kind.split("(")[0] == short.get(said, said), (model, column)
            assert filled is not field.null, (model, column)


def test_each_reference_points_to_the_table_its_model_says(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
            from pg_constraint c join pg_attribute a
            on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'"""
        )
        there = set(cursor.fetchall())
    for model in _stored():
        for column, field in _columns(model).items():
            if field.remote_field and getattr(field, "db_constraint", True):
                told = (model._meta.db_table, column, field.related_model._meta.db_table)
                assert told in there, told


def test_what_it_replaces_in_django_is_given_back():
    from django.db.migrations.state import ProjectState

    before = ProjectState._find_reload_model
    with each_model_drawn_alone():
        assert ProjectState._find_reload_model is not before
    assert ProjectState._find_reload_model is before
