"""Officers, their roles, and the grants that open a case to them."""
