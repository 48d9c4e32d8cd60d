"""Records in clear: who is the same person, with the weight of each piece of evidence in words.

The model is Fellegi and Sunter's, learnt and run in bulk on DuckDB, the pairs weighed on Spark's
workers if wished; one pair is weighed by the same model in plain Python (``weighing``), without
any of them.
"""
