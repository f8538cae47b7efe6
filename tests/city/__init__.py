"""A city in a box: devices of every kind, on a real network with a real broker, and the truth."""
