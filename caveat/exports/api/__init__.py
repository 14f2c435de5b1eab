"""The JSON API, version 1: static files whose form only ever grows.

Takes a `Shelf` and gives the files below /api/v1/; texts for people are `{en, zh}`, with at least
one of them, and an address is to be resolved against the address of the file that holds it.
"""
