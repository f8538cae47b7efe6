"""What becomes of findings: reply, dispute, withdrawal, correction, in a log that only grows."""
