"""What becomes of a night in which something fails: every fault at every stage, the outcome, and the table of them."""
