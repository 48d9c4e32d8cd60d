"""Keyed tokens made at the agency: records that can be compared and not read.

Pseudonymous, not anonymous: the method, the attacks run against it with their figures, and when
not to use it stand in ``docs/methods/encoding.md``.
"""
