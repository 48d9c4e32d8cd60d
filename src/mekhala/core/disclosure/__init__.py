"""What a table may show: primary and complementary suppression, and the attack that checks it."""
