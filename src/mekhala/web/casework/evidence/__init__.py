"""The register of evidence of a proceeding, its chain, the matrix of elements, and the lists."""
