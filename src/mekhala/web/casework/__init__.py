"""Officers' pages, a folder per room."""
