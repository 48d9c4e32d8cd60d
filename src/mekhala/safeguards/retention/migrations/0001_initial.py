"""The periods are laid down; nothing of them, or of what was erased, is the application's to write.

What is append-only may be erased by the owner of the tables while ``mekhala.erasing`` is on, which
``retention_erase`` alone sets; the application may set it too, to no effect.
"""

from django.db import migrations, models

from mekhala.safeguards.retention.periods import lay_down

CLOSED = """
revoke insert, update, delete, truncate on retention_period from mekhala_app;
revoke all on retention_part, retention_erasure, retention_again from mekhala_app;
create function retention_is_erasing() returns boolean language sql stable as $$
  select current_user = 'mekhala_owner' and current_setting('mekhala.erasing', true) = 'on'
$$;
create function refuse_change_unless_erased() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if public.retention_is_erasing() then return coalesce(new, old); end if;
  raise insufficient_privilege using message = tg_table_name || ' is append-only';
end $$;
"""
OPEN_AGAIN = "drop function refuse_change_unless_erased(); drop function retention_is_erasing();"


def lay_down_periods(apps, _editor):
    """Give the database its copy of the file."""
    lay_down(apps.get_model("retention", "Period"))



class Migration(migrations.Migration):

    initial = True

    dependencies = [("config", "0001_roles_and_their_rights")]

    operations = [
        migrations.CreateModel(
            name='Again',
            fields=[
                ('number', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'to be erased again',
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('function', models.CharField(max_length=63, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('kind', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('days', models.PositiveIntegerField()),
                ('timer', models.CharField(help_text='When its time begins; see periods.py', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('because', models.CharField(max_length=10)),
                ('rows', models.PositiveIntegerField()),
                ('erased_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['number', 'kind'], name='erasure_of_number')],
            },
        ),
        migrations.RunPython(lay_down_periods, migrations.RunPython.noop),
        migrations.RunSQL(CLOSED, OPEN_AGAIN),
    ]
