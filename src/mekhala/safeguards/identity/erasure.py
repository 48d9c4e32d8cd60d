"""What of the vault is erased: fields, indexes, blind keys, and the keys that open anything."""

_GONE = (
    """update identity_identity set native_name = '', latin_name = '', birth_date = '',
      national_id = '', phone = '', village_code = '', name_index = null, id_index = null,
      keys_rules = null
      where subject = of_number""",
    "delete from identity_blindkeys where subject = of_number",
    "update identity_datakey set form = 'destroyed', wrapped = '' where subject = of_number",
)
PARTS = {"person": _GONE, "cleared": _GONE, "convicted": _GONE, "lapsed": _GONE}
