"""Asking a service, answering, need unmet."""
