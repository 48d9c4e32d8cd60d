"""In: accused as months and codes, nobody by name. Out: cohorts, convictions, `SentencingFile`."""
