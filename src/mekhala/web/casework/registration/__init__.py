"""The register and its certificate."""
