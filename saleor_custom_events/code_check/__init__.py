"""Whether a storefront's code fires only events that the store has, with the data fields that they declare.

Reads source files and a catalogue of the store's events; asks no store, no database and no Django. JavaScript is read
by a small tokenizer of our own (`tokens.py`) and not by a parser: only calls and the literals in them matter, the
parsers that are kept up (tree-sitter, TypeScript's own) would bring compiled wheels or Node into the shop's
environment, and what a tokenizer cannot follow is said to be not checked, never guessed.
"""
