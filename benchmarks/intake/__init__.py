"""Filled forms on their way in: sent again, cut off, and in a crowd.

``again`` (TP-R9) and ``cut`` (TP-R8) are proofs; ``speed`` is a measurement.
"""
