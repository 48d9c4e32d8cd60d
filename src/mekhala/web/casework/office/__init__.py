"""The administrator's pages: officers and their accounts. No case is seen here."""
