"""Built terminology tables, the hand-written ones beside them, and the recipe that builds the former."""
