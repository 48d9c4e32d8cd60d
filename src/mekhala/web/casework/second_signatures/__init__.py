"""Second signatures: what waits for the officer, what the officer asked for, what was answered."""
