"""In: a filled form, the mapping of its version. Out: an encounter, a screening, a day's figures.

Services of the rooms are asked in the name of whoever sent the answers. What cannot be mapped
waits, whole, with the reason. The mapping is data: ``forms/mappings/*.toml``, or one that an
author added.
"""
