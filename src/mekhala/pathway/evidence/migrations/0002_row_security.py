"""Evidence is open with its proceeding, to whom the accused are; nothing of it is ever changed.

What was taken, and the originals, lie sealed under the number of the item. No list for the
defence is kept that is silent about an item of its proceeding.
"""

from django.db import migrations

from mekhala.pathway.evidence import erasure
from mekhala.safeguards.access.purposes import FieldClass, Purpose
from mekhala.safeguards.guards import (
    append_only,
    erasable,
    erases,
    open_by_grant,
    open_with_parent,
)

SEEN = "exists (select 1 from evidence_item e where e.number = identity_datakey.subject)"
KEYS = f"""
create policy of_an_item on identity_datakey for select to mekhala_app using ({SEEN});
create policy taken_in_of_an_item on identity_datakey for update to mekhala_app
  using ({SEEN}) with check ({SEEN});
"""
NO_KEYS = """
drop policy of_an_item on identity_datakey; drop policy taken_in_of_an_item on identity_datakey;
"""
WHOLE = """
create function evidence_list_is_whole() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select 1 from evidence_item i join justice_accused a on a.proceeding_id = i.proceeding_id
    where a.number = new.accused_id and i.recorded_at <= new.made_at
      and not exists (select 1 from evidence_item r where r.replaces_id = i.number)
      and not exists (select 1 from evidence_disclosed d
        where d.listed_id = new.number and d.item_id = i.number)) then
    raise integrity_constraint_violation using
      message = 'a list for the defence is silent about an item';
  end if;
  return null;
end $$;
revoke all on function evidence_list_is_whole() from public;
create constraint trigger is_whole after insert on evidence_disclosurelist
  deferrable initially deferred for each row execute function evidence_list_is_whole();
"""
NOT_WHOLE = """
drop trigger is_whole on evidence_disclosurelist; drop function evidence_list_is_whole();
"""
TABLES = ("item", "itemfile", "custodyentry", "bearing", "disclosurelist", "disclosed")


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_initial"),
        ("justice", "0008_records_go_with_their_accused"),
        ("identity", "0008_keys_of_a_case_are_for_who_helps"),
        ("retention", "0001_initial"),
    ]
    operations = [
        open_by_grant(
            "evidence_item", "proceeding_id", Purpose.JUSTICE, field_class=FieldClass.ACCUSED
        ),
        *[
            open_with_parent(f"evidence_{name}", "item_id", "evidence_item", "number")
            for name in ("itemfile", "custodyentry", "bearing", "disclosed")
        ],
        open_with_parent("evidence_disclosurelist", "accused_id", "justice_accused", "number"),
        *[append_only(f"evidence_{name}") for name in TABLES],
        *[erasable(f"evidence_{name}") for name in ("item", "itemfile", "bearing", "disclosed")],
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(WHOLE, NOT_WHOLE),
        *erases("evidence", erasure.PARTS),
    ]
