"""Sealed records of lists go a year after they came, with their keys; so do notes of reviewers."""

from mekhala.safeguards.guards import blank

PARTS = {
    "list_records": (
        """delete from linkage_listopening where agency_list_id in (
          select id from linkage_agencylist where imported_at < kept_since)""",
        """delete from linkage_listrecord where agency_list_id in (
          select id from linkage_agencylist where imported_at < kept_since)""",
        """update identity_datakey set form = 'destroyed', wrapped = '' where form <> 'destroyed'
          and subject in (select number from linkage_agencylist
            where number <> '' and imported_at < kept_since)""",
        """update linkage_agencylist set erased_at = clock_timestamp() where number <> ''
          and erased_at is null and imported_at < kept_since""",
    ),
    "linkage_review": (
        "delete from linkage_recordshown where at < kept_since",
        f"update linkage_reviewanswer set {blank('note')} where at < kept_since and note <> ''",
        """update identity_datakey set form = 'destroyed', wrapped = '' where form <> 'destroyed'
         and subject in (select number from linkage_linkagerun where asked_at < kept_since)""",
    ),
}
