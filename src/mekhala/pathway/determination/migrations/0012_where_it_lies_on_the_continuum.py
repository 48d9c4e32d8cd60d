"""Where an officer places a case between force and free choice: narrative, kept, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.pathway.determination import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import append_only, erasable, erases_kind, granted, guard

TABLE = "determination_volition"
HELD = granted("f.case_id", Purpose.DETERMINATION, field_class=FieldClass.NARRATIVE)
THROUGH_FILE = f"""exists (select 1 from determination_determinationfile f
  where f.id = {TABLE}.file_id and {HELD} offset 0)"""


class Migration(migrations.Migration):

    dependencies = [
        ('determination', '0011_words_are_erased'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Volition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('degree', models.CharField(choices=[('A', 'A: forced or kidnapped'), ('B', 'B: told something false, the work another than promised'), ('C', 'C: knew the work, not its conditions'), ('D', 'D: knew both, could not foresee the difficulties'), ('E', 'E: knew, could not choose where to work'), ('F', 'F: knew and chose')], max_length=1)),
                ('placed_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='volitions', to='determination.determinationfile')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-placed_at', '-id'],
            },
        ),
        guard(TABLE, THROUGH_FILE),
        append_only(TABLE),
        erasable(TABLE),
        erases_kind("determination_erase_person", "person", erasure.PARTS["person"]),
    ]
