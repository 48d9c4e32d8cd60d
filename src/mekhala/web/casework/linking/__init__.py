"""Linkage runs, the review of their uncertain pairs, and how far cases came."""
