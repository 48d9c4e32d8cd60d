"""Statutes as data: article, elements, penalties, in force from and to, source, verified or not."""
