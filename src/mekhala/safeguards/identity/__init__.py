"""The vault: names and documents. Everywhere else there are only case numbers.

Each field is sealed with a data key of that person; the data keys are wrapped by the key service
(``safeguards/keys``). Names are read by ``services.show`` alone, one person at a time.
"""
