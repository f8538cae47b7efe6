"""One register format per module: `REGISTER_FORMAT`."""
