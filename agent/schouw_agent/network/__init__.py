"""Frames become flows, flows become streams: columns, not objects."""
