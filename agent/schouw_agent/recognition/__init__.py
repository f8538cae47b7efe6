"""What a message is: opened, asked about by the detectors, and known again when it recurs."""
