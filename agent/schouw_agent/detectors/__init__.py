"""What the data is, one detector per module: `DETECTOR`."""
