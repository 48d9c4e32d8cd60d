"""Where published figures come from: claims, the chains they travelled, the ledger of them all.

A way in: ``read_claims`` (claim.py), ``ledger`` (ledger.py), ``chain_of`` (chains.py).
"""
