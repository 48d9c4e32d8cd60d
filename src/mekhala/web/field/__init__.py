"""Phones: OpenRosa for ODK Collect, and an app in the browser that works without a network."""
