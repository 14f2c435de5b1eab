"""One page of every kind, by name: tests that look at all of them find their addresses here."""

KINDS = {
    "home": "",
    "find": "find/",
    "catalogue": "advisories/",
    "advisory": "advisories/CAV-2025-0001/",
    "advisory-two-products": "advisories/CAV-2025-0002/",
    "advisory-branches": "advisories/CAV-2025-0003/",
    "products": "products/",
    "product": "products/docker-engine/",
    "release": "products/docker-engine/28.0.0/",
    "plan": "plan/",
    "checklists": "checklists/",
    "practice": "checklists/test-networking-before-upgrade/",
    "runbooks": "runbooks/",
    "board": "contribute/board/",
    "new": "contribute/new/",
    "fields": "formats/advisory/",
    "rule": "formats/rules/CAV404/",
    "commands": "formats/commands/",
    "written": "contribute/",
    "written-table": "formats/exports/",
    "missing": "404.html",
}
FOLDERS = ("", "zh/")
