"""The Schouw collector: compares what the sensors send with what was declared."""
