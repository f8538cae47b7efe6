"""One payload encoding, medium or envelope per module: `FORMAT`."""
