"""Papers we issued that anyone may check: a digest, valid or not. Knows no case, no name."""
