"""Caveat turns operational advisories written as YAML into answers and pages.

It takes a folder of records and gives checked models, one engine's answers and rendered HTML.
"""

__version__ = "0.1.0"
