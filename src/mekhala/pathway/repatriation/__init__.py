"""In: a case whose person wants to go home, or came back. Out: a return with its receipts.

A corridor is data (``corridors/*.toml``): steps, the side that acts, a clock, whose calendar it
runs on, documents. Nobody is returned who does not want it, and nobody where it is not safe.
"""
