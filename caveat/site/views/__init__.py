"""One module a page: what it shows, as plain values that a template can print.

Takes a scene and the ids of the page's subject and gives a dictionary of values.
"""
