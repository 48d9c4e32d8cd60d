"""In: findings with sources. Out: a Decision by two officers of the authority, with reasons."""
