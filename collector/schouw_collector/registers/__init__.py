"""The declared side: registers of sensors, read from any form into one, and written."""
