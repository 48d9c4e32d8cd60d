"""What was written down is never changed; a request is answered, a project waits for its next word.

No row is taken away by the application.
"""

from django.db import migrations

from mekhala.safeguards.guards import append_only

KEPT = ("institutions_project", "institutions_cooperationrequest")


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_registers_of_institutions")]
    operations = [
        *[
            append_only(f"institutions_{table}")
            for table in ("mandate", "projectstatus", "taught")
        ],
        *[
            migrations.RunSQL(
                f"revoke delete, truncate on {table} from mekhala_app",
                f"grant delete on {table} to mekhala_app",
            )
            for table in KEPT
        ],
    ]  # fmt: skip
