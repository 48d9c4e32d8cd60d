"""How days and instants are written, by language; pages ask for DATE_FORMAT by its name."""
