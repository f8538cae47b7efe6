"""Octets come in: capture files and live sources."""
