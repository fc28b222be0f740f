"""Weights of the statistical models; each has a card that tells what it was trained on and how it scores."""
