"""Observations become devices and their emissions: the only place with history."""
