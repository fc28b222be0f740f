"""Finding patterns, one file a meaning; miner/relate.py is the entry."""
