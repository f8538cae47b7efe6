"""The thirteen items of the yearly inspection, one file each."""
