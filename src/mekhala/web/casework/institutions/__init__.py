"""Pages of the registers of institutions: mandates, projects, requests abroad, what is taught."""
