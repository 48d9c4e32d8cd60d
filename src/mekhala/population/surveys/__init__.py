"""In: who was approached, refused, missed and screened. Out: a Round's shares with intervals."""
