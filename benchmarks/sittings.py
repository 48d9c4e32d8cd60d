"""A long race in several sittings: counts of what was run are kept in a file, round by round.

A sitting goes on only from counts of the same code: with the two rooms or the race changed, it
begins anew. What is kept are counts alone; every round stands by itself.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN_ON = ("src/mekhala/pathway/referral", "src/mekhala/pathway/directory",
          "src/mekhala/safeguards/consent", "benchmarks/race_for_a_place.py",
          "benchmarks/race_consent.py")  # fmt: skip


def code() -> str:
    """Return a digest of what the races run on."""
    digest = hashlib.sha256()
    for name in RUN_ON:
        place = ROOT / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def before(keep: str, proof: str) -> Counter[str]:
    """Return the counts of earlier sittings of a proof; none of other code, or without a file."""
    file = Path(keep)
    if not keep or not file.exists():
        return Counter()
    kept = json.loads(file.read_text(encoding="utf-8")).get(proof, {})
    return Counter(kept.get("counts", {}) if kept.get("code") == code() else {})


def write(keep: str, proof: str, counts: Counter[str]) -> None:
    """Keep the counts of a proof so far, in place of those before."""
    if not keep:
        return
    file = Path(keep)
    said = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    said[proof] = {"code": code(), "counts": dict(counts)}
    new = file.with_suffix(".new")
    new.write_text(json.dumps(said, indent=1), encoding="utf-8")
    new.replace(file)
