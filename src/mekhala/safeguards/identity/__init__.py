"""The vault: names and documents. Everywhere else there are only case numbers."""
