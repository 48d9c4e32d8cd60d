"""Are a first start's tables the same, drawn quickly and drawn whole?"""

import contextlib
import json
import os
import subprocess
import sys
import time

from benchmarks.scratch import NAMED, admin, scratch

WHAT = """
select 'column', concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default,
  character_maximum_length) from information_schema.columns where table_schema = 'public'
union all select 'constraint', concat_ws(' ', conrelid::regclass, conname,
  pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
union all select 'index', indexdef from pg_indexes where schemaname = 'public'
union all select 'policy', concat_ws(' ', tablename, policyname, cmd, roles, qual, with_check)
  from pg_policies where schemaname = 'public'
union all select 'trigger', pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all select 'function', pg_get_functiondef(oid) from pg_proc
  where pronamespace = 'public'::regnamespace and prokind = 'f'
union all select 'grant', concat_ws(' ', table_name, grantee, privilege_type)
  from information_schema.role_table_grants where table_schema = 'public'
"""


def main(words: list[str]) -> int:
    """Make the tables both ways, each in a process of its own, and print what differs.

    Returns 1 where anything does.
    """
    if words:
        return _tell(whole=words == ["whole"])
    quick, whole = _asked("quick"), _asked("whole")
    parts = [{(kind, text) for kind, text in way["parts"]} for way in (quick, whole)]
    for kind, text in sorted(parts[0] ^ parts[1]):
        print("quick only" if (kind, text) in parts[0] else "whole only", kind, text)
    print(f"{len(parts[0]):,} and {len(parts[1]):,} parts of the tables; "
          f"{quick['seconds']:.1f} and {whole['seconds']:.1f} s of a processor")  # fmt: skip
    return int(parts[0] != parts[1])


def _asked(way: str) -> dict[str, object]:
    kept = {name: value for name, value in os.environ.items() if name != NAMED}
    command = [sys.executable, "-m", "benchmarks.first_tables", way]
    done = subprocess.run(command, env=kept, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _tell(*, whole: bool) -> int:
    from mekhala.config.management.commands import migrate

    if whole:
        migrate.each_model_drawn_alone = contextlib.nullcontext
    began = time.process_time()
    with scratch(fsync="off"), admin() as link:
        seconds = time.process_time() - began
        parts = link.execute(WHAT).fetchall()
    json.dump({"seconds": seconds, "parts": parts}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
