"""One finding rule per module: `RULE`."""
