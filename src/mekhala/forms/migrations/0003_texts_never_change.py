"""A version's text and what was sent in are never rewritten; the application takes none away."""

from django.db import migrations
from django.db.migrations import RunSQL

KEPT = {
    "questionnaires_formversion": (
        "form_id, version, source_name, source, xform, sha256, languages, questions, "
        "uploaded_by_id, uploaded_at"
    ),
    "questionnaires_submission": (
        "version_id, instance_id, xml, sha256, answers, received_at, received_from_id, agency_id"
    ),
    "questionnaires_attachment": "submission_id, name, content_type, content",
}


def kept_as_it_came(table: str, columns: str) -> RunSQL:
    return RunSQL(
        f"""
        revoke delete, truncate on {table} from mekhala_app;
        create trigger kept_as_it_came before update of {columns} on {table}
          for each row execute function questionnaires_refuse_rewriting();
        """,
        f"drop trigger kept_as_it_came on {table}; grant delete on {table} to mekhala_app;",
    )


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_row_security")]
    operations = [
        RunSQL(
            """
            create function questionnaires_refuse_rewriting() returns trigger language plpgsql as $$
            begin raise insufficient_privilege using
              message = tg_table_name || ' keeps what it was given'; end $$;
            """,
            "drop function questionnaires_refuse_rewriting();",
        ),
        *[kept_as_it_came(table, columns) for table, columns in KEPT.items()],
    ]
