"""How a register says in words what a sensor measures, read as categories."""
