"""Which pairs were drawn to check a run is written once, and read when its review is closed."""

from django.db import migrations

COUNTS = """exists (select 1 from public.access_officer c
  where c.id = (select nullif(current_setting('mekhala.officer', true), '')::bigint)
    and c.role = 'statistician' and c.is_active)"""
CLOSED = """exists (select 1 from public.linkage_linkagerun u
  where u.id = linkage_sampledpair.run_id and u.review_closed_at is not null offset 0)"""
GUARDED = f"""
alter table linkage_sampledpair enable row level security;
alter table linkage_sampledpair force row level security;
revoke insert, update, delete, truncate on linkage_sampledpair from mekhala_app;
grant insert on linkage_sampledpair to mekhala_app;
create policy after_the_review on linkage_sampledpair for select to mekhala_app
  using ({COUNTS} and {CLOSED});
create policy linked on linkage_sampledpair for insert to mekhala_app with check ({COUNTS});
create policy maintenance on linkage_sampledpair to mekhala_owner
  using (current_setting('mekhala.maintenance', true) = 'on')
  with check (current_setting('mekhala.maintenance', true) = 'on');
create trigger no_change before update or delete on linkage_sampledpair
  for each row execute function refuse_change();
create trigger no_other_sample before update on linkage_linkagerun
  for each row when (old.sample is distinct from new.sample) execute function refuse_change();
"""
UNDO = "drop trigger no_other_sample on linkage_linkagerun;"


class Migration(migrations.Migration):
    dependencies = [("linkage", "0023_a_sample_is_drawn_to_check_a_run")]
    operations = [migrations.RunSQL(GUARDED, UNDO)]
