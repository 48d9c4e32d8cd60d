"""The authority's file: findings, readings, decision, reasons."""
