"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("narrow", b"#!AMR\n\x3c\x55", "AMR 8 kHz mono"),
    ("wide", b"#!AMR-WB\n\x04", "AMR-WB 16 kHz mono"),
)
INVALID = (b"", b"#!AMR", b"#!/bin/sh\n", b"AMR\n")
