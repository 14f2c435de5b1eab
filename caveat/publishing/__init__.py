"""Takes a finished site beside the published one; gives it to readers in one step.

Search bundles and the links between the two languages are made here too,
because both need to know where a site is going to live.
"""
