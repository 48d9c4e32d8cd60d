"""Settings, root addresses, start-up checks, the embedded database."""
