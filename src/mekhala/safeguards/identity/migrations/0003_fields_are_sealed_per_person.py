"""Names lie sealed, each person's under keys of hers or his own.

Where rows stand already they are sealed here; without a key service nothing is changed. The table is then written anew (``cluster``), so that no page of it holds a name any more. There
is no way back: nothing decrypts everything.
"""

from django.core.management import CommandError
from django.db import migrations, models

FIELDS = ("native_name", "latin_name", "birth_date", "national_id", "phone", "village_code")
AT_ONCE = 1000
NO_SERVICE = "names are kept in clear and no key service answers: start it, then migrate again"


def seal_what_is_kept(apps, editor):
    """Seal the clear columns into the new ones; a table without rows asks no key service."""
    from mekhala.safeguards.identity import datakeys, sealing
    from mekhala.safeguards.identity.errors import CannotBeKeptNow

    identity = apps.get_model("identity", "Identity")
    data_key = apps.get_model("identity", "DataKey")
    with editor.connection.cursor() as cursor:
        cursor.execute("select set_config('mekhala.maintenance', 'on', true)")
        rows = list(identity.objects.order_by("subject"))
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            try:
                made = datakeys.made([(row.subject, 1) for row in part])
            except CannotBeKeptNow:
                raise CommandError(NO_SERVICE) from None
            for row, (key, _wrapped) in zip(part, made, strict=True):
                for field in FIELDS:
                    setattr(row, f"sealed_{field}", sealing.seal(
                        key, getattr(row, field), subject=row.subject, field=field, number=1,
                    ))  # fmt: skip
            identity.objects.bulk_update(part, [f"sealed_{field}" for field in FIELDS])
            data_key.objects.bulk_create([
                data_key(subject=one.subject, number=1, form=one.form, version=one.version,
                         wrapped=one.wrapped)
                for _key, one in made
            ])  # fmt: skip
        cursor.execute("select set_config('mekhala.maintenance', '', true)")


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_row_security")]
    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("form", models.CharField(choices=[("wrapped", "wrapped"), ("boxed", "boxed"), ("destroyed", "destroyed")], max_length=9)),
                ("version", models.PositiveIntegerField()),
                ("wrapped", models.BinaryField(default=bytes)),
            ],
        ),
        migrations.AddConstraint(
            "datakey", models.UniqueConstraint(fields=["subject", "number"], name="datakey_once_per_number"),
        ),
        migrations.AddConstraint(
            "datakey",
            models.CheckConstraint(
                condition=models.Q(form="destroyed") ^ ~models.Q(wrapped=b""), name="datakey_is_there_or_destroyed",
            ),
        ),
        *[migrations.AddField("identity", f"sealed_{field}", models.BinaryField(default=bytes)) for field in FIELDS],
        migrations.RunPython(seal_what_is_kept),
        *[migrations.RemoveField("identity", field) for field in FIELDS],
        *[migrations.RenameField("identity", f"sealed_{field}", field) for field in FIELDS],
        migrations.AlterField("identity", "native_name", models.BinaryField(default=bytes, help_text="In the script given")),
        migrations.AlterField("identity", "birth_date", models.BinaryField(default=bytes, help_text="As said, not corrected")),
        migrations.AlterField("identity", "village_code", models.BinaryField(default=bytes, help_text="Gazetteer code")),
        migrations.RunSQL("cluster identity_identity using identity_identity_pkey"),
    ]  # fmt: skip
