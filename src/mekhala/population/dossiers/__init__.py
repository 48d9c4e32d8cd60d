"""In: a researcher's request to read named court dossiers. Out: each of them in codes.

A researcher reads through one function of the database, while the request is open: codes, months
and provinces, no name, no place below a province, no day, no word that anybody wrote down.
"""
