"""One form of export that names devices per module: `CANDIDATE_FORMAT`."""
