"""The Schouw agent: finds out what the sensors on this network really send."""
