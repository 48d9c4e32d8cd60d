"""Pages: court dossiers read for research, without a name, under two signatures."""
