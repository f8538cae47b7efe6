"""Many reports added up: devices, emissions, coverage and time."""
