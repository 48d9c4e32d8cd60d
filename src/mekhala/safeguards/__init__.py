"""What every room stands on. Knows a case only by its number."""
