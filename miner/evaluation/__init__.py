"""Scores of what is mined against gold data: one module for each kind of thing scored."""
