"""The public role asks one function whether a paper stands; it reads the table of seals no more."""

from django.db import migrations

CHECK = "seals_check(text, text, text, text, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0002_released_once_and_read_by_the_public"),
        ("seals", "0002_guesses_are_counted"),
    ]
    operations = [
        migrations.RunSQL(
            f"revoke select on seals_seal from mekhala_public;"
            f"grant execute on function {CHECK} to mekhala_public;",
            f"revoke execute on function {CHECK} from mekhala_public;"
            "grant select on seals_seal to mekhala_public;",
        ),
    ]
