"""python -m theragraph."""

from theragraph.cli import main

main()
