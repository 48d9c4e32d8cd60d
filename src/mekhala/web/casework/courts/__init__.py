"""What the courts' figures show: cohorts, convictions, sentences."""
