"""Forms: upload, versions, filling in the browser, and what was received."""
