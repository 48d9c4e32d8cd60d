"""Frames, posts, plans and figures are only added to; of a round only its closing is written."""

from django.db import migrations

from mekhala.safeguards import guards

ONLY_CLOSED = migrations.RunSQL(
    "revoke update, delete, truncate on surveys_round from mekhala_app;"
    "grant update (closed_at) on surveys_round to mekhala_app;",
    "revoke update (closed_at) on surveys_round from mekhala_app;"
    "grant update, delete on surveys_round to mekhala_app;",
)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_survey_figures_in_versions")]

    operations = [
        guards.append_only("surveys_samplingframe"),
        guards.append_only("surveys_post"),
        guards.append_only("surveys_roundpost"),
        guards.append_only("surveys_daytally"),
        ONLY_CLOSED,
    ]
