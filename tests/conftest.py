"""Fixtures for every package: a real graph engine where a test asks for one."""

pytest_plugins = ["tests.graph.engines.fixtures"]
