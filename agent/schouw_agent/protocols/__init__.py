"""One application protocol per module: `DECODER`."""
