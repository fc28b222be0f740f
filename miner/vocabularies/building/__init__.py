"""The recipe of the built tables: package data in, sorted rows out."""
