"""What of a report is erased when its time is over: all words, and who reported."""

from mekhala.safeguards.guards import blank

PARTS = {
    "incidents": (
        """update identity_datakey set form = 'destroyed', wrapped = '' where form <> 'destroyed'
          and subject in (select v from incidents_incident i, unnest(array[i.number, i.pseudonym])
            as v where i.recorded_at < kept_since)""",
        f"""update incidents_incident set {blank("names", "words")}
          where recorded_at < kept_since and (names <> '' or words <> '')
            and words <> '\\x00'""",
        """delete from incidents_reporter r using incidents_incident i
          where i.number = r.incident_id and i.recorded_at < kept_since""",
    ),
}
