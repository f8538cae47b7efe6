"""One report format per module: `REPORT_FORMAT`."""
