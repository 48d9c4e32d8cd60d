"""The invented country: people, agencies, lists with a known truth, at any size."""
