"""What of a visit is erased: where it was, after its time; that it led to a case, with the case."""

from mekhala.safeguards.guards import blank

PARTS = {
    "location": ("delete from visits_led where case_id = of_number",),
    "visits": (
        """update identity_datakey set form = 'destroyed', wrapped = '' where form <> 'destroyed'
          and subject in (select v.number from visits_visit v where v.recorded_at < kept_since)""",
        f"""update visits_visit set {blank("address")}, district_code = ''
          where recorded_at < kept_since
            and (address not in ('', '\\x00') or district_code <> '')""",
    ),
}
