"""Timings of whole commands; run by `make bench`, never by a test."""
