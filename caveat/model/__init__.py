"""What a record may say: Advisory, Product, Trait and Practice, declared once.

Takes decoded YAML (every scalar is text) and gives frozen objects; the JSON Schemas, the editor's
help and the format reference are derived from the same declarations.
"""

from caveat.model.advisory import Advisory, Related, Severity, Withdrawal
from caveat.model.base import Bilingual, Language, Record
from caveat.model.evidence import (
    Evidence,
    HistoryEntry,
    Reference,
    TimelineEntry,
    Verification,
)
from caveat.model.practice import Practice
from caveat.model.product import Branch, Package, Product, Release
from caveat.model.ranges import Range
from caveat.model.scope import Affected, On, Unaffected, Upgrade, When, Where
from caveat.model.signature import Signature
from caveat.model.trait import Default, Probe, Trait, TraitValue
from caveat.model.workaround import Fix, Step, Target, Workaround

#: The kinds of record by the name that folders, schemas and messages use.
KINDS: dict[str, type[Record]] = {
    "advisory": Advisory,
    "product": Product,
    "trait": Trait,
    "practice": Practice,
}

__all__ = [
    "KINDS",
    "Advisory",
    "Affected",
    "Bilingual",
    "Branch",
    "Default",
    "Evidence",
    "Fix",
    "HistoryEntry",
    "Language",
    "On",
    "Package",
    "Practice",
    "Probe",
    "Product",
    "Range",
    "Record",
    "Reference",
    "Related",
    "Release",
    "Severity",
    "Signature",
    "Step",
    "Target",
    "TimelineEntry",
    "Trait",
    "TraitValue",
    "Unaffected",
    "Upgrade",
    "Verification",
    "When",
    "Where",
    "Withdrawal",
    "Workaround",
]
