"""In: a positive decision. Out: a registration number and a certificate that names nobody."""
