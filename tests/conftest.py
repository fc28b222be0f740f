"""Fixtures for every package: a real graph engine where a test asks for one; properties without a deadline."""

from hypothesis import settings

pytest_plugins = ["tests.graph.engines.fixtures"]

# how long an example takes tells of the machine's load, not of the program
settings.register_profile("theragraph", deadline=None)
settings.load_profile("theragraph")
