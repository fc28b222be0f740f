"""The recipes that make the weights in miner/models/; nothing here runs when the program is used."""
