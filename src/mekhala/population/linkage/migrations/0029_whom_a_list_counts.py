"""Whom an agency counts on a list: in its own words, by version, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mekhala.safeguards.guards import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('linkage', '0028_forms_are_those_of_the_whole_case'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.SlugField(max_length=40)),
                ('version', models.PositiveSmallIntegerField()),
                ('text', models.CharField(help_text='Who is on the list, and who is not', max_length=500)),
                ('said_in', models.CharField(help_text='Where the agency says it', max_length=300)),
                ('kept_at', models.DateTimeField()),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['source', '-version'],
                'constraints': [models.UniqueConstraint(fields=('source', 'version'), name='list_definition_once')],
            },
        ),
        append_only("linkage_listdefinition"),
    ]
