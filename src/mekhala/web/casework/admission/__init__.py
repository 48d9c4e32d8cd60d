"""The page on which an officer is let in: two half codes, and a password of their own."""
