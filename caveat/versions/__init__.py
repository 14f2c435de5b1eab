"""Version numbers: strict schemes, catalogues of releases, and package strings.

Takes version texts and gives comparable `Version` objects, or raises `VersionError`.
"""

from caveat.versions.catalogue import Catalogue
from caveat.versions.schemes import SCHEMES, Scheme, Version, VersionError

__all__ = ["SCHEMES", "Catalogue", "Scheme", "Version", "VersionError"]
