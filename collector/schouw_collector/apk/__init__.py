"""The yearly inspection, and digital autonomy in figures."""
