"""What the person agreed to: for whom, which data, for which purpose, until when."""
