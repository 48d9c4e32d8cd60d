"""What of a worker's file is erased after its time: words, contract, whom to ask after."""

from mekhala.safeguards.guards import blank

_OLD = """(select w.number from labour_migration_worker w where w.opened_at < kept_since
    and not exists (select 1 from labour_migration_askafter a
      where a.worker_id = w.number and a.next_on is not null))"""
PARTS = {
    "workers": (
        f"update labour_migration_complaint set {blank('words')} where worker_id in {_OLD}",
        f"""update labour_migration_complaint set deployment_id = null
          where deployment_id is not null and worker_id in {_OLD}""",
        f"delete from labour_migration_deployment where worker_id in {_OLD}",
        f"delete from labour_migration_departure where worker_id in {_OLD}",
        f"""delete from labour_migration_asked where ask_after_id in
          (select a.id from labour_migration_askafter a where a.worker_id in {_OLD})""",
        f"delete from labour_migration_askafter where worker_id in {_OLD}",
        f"""update identity_datakey set form = 'destroyed', wrapped = ''
          where form <> 'destroyed' and subject in {_OLD}""",
    ),
}
