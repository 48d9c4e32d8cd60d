"""Mekhala: a National Referral Mechanism in software."""

__version__ = "0.1.0"
