"""Money owed, protection, legal aid and rights told, of a case and of a proceeding."""
