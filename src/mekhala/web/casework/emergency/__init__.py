"""Opening a file in an emergency, the narrow view of it, and its review by another agency."""
