"""Forms: upload, versions, filling, submissions."""
