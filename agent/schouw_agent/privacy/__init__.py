"""What must not leave, what is only counted, and what the auditor looks for himself."""
