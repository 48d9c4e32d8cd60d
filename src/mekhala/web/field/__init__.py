"""Phones: OpenRosa, so that ODK Collect fetches forms here and sends filled ones back."""
