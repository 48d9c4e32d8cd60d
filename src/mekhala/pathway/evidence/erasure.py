"""What of evidence is erased: its words, its originals and their keys, with the last accused."""

from mekhala.safeguards.guards import blank

# Of a proceeding of which nobody is left: no other accused whose name still opens, and none
# without a name whose matter goes on. Some other accused may be convicted and kept for longer.
_ENDED = """(select p.proceeding_id from justice_accused p where p.number = of_number
  and not exists (select 1 from justice_accused other
    where other.proceeding_id = p.proceeding_id and other.number <> of_number
      and (exists (select 1 from identity_datakey k
             where k.subject = other.number and k.form <> 'destroyed')
        or not exists (select 1 from identity_datakey k where k.subject = other.number)
          and not public.justice_has_ended(other.number))))"""
_ITEMS = f"(select i.number from evidence_item i where i.proceeding_id in {_ENDED})"
_GONE = (
    f"update evidence_item set {blank('place', 'what')} where number in {_ITEMS}",
    f"update evidence_itemfile set name = '', {blank('content')} where item_id in {_ITEMS}",
    f"update evidence_bearing set {blank('because')} where item_id in {_ITEMS}",
    f"update evidence_disclosed set {blank('because')} where item_id in {_ITEMS}",
    f"update identity_datakey set form = 'destroyed', wrapped = '' where subject in {_ITEMS}",
)
PARTS = dict.fromkeys(("cleared", "convicted", "lapsed"), _GONE)
