"""The evidence folder: written whole, signed, and verified."""
