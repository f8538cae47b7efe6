"""Declared against observed: verdicts, what rules stand on, and what they found explained."""
