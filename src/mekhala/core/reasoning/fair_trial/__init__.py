"""Warnings about one proceeding against one accused: what a lawyer should look at, and why."""
