"""The application reads the mark of an invented country and cannot set it.

A mark that the application could set would take the passkey from everybody in a real installation
to whom a single statement got through. Counts of tries need no crash safety, and are unlogged.
"""

from django.db import migrations

RULES = """
revoke insert, update, delete, truncate on signing_inventedcountry from mekhala_app;
revoke truncate on signing_signin, signing_tried from mekhala_app;
alter table signing_tried set unlogged;
"""
UNDO = """
alter table signing_tried set logged;
grant insert, update, delete on signing_inventedcountry to mekhala_app;
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [migrations.RunSQL(RULES, UNDO)]
