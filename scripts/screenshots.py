"""Pictures of every kind of page: wide and narrow, light and dark, both languages.

Takes a built site; gives screenshots/ with one PNG each, and the advisory printed as PDF.
Exit status: 0 all taken, 1 no site or no browser, 2 wrong use.
"""

import argparse
import sys
from pathlib import Path

import browser as finder
from playwright.sync_api import Browser, sync_playwright
from serving import served
from traffic import Traffic

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {"wide": (1280, 900), "phone": (360, 740)}
SCHEMES = ("light", "dark")
FOLDERS = {"en": "", "zh": "zh/"}
PAGES = {
    "home": "",
    "find": "find/",
    "catalogue": "advisories/",
    "advisory": "advisories/CAV-2025-0001/",
    "advisory-two-products": "advisories/CAV-2025-0002/",
    "products": "products/",
    "product": "products/docker-engine/",
    "release": "products/docker-engine/28.0.0/",
    "plan": "plan/?product=docker-engine&from=27.5.1&to=28.0.0&docker-engine.mode=rootless"
    "&docker-engine.port-driver=slirp4netns",
    "checklists": "checklists/",
    "practice": "checklists/test-networking-before-upgrade/",
    "runbooks": "runbooks/",
    "board": "contribute/board/",
    "new": "contribute/new/",
    "formats": "formats/",
    "fields": "formats/advisory/",
    "rules": "formats/rules/",
    "rule": "formats/rules/CAV404/",
    "commands": "formats/commands/",
    "api": "formats/api/",
    "written": "contribute/",
    "written-table": "contribute/speed/",
    "missing": "404.html",
}


def main() -> int:
    """Serve the site on a free port and take the pictures."""
    parser = _parser()
    options = parser.parse_args()
    if strange := [name for name in options.page if name not in PAGES]:
        parser.error(f"no such page: {', '.join(strange)}")
    site = Path(options.site_dir).absolute()
    if not (site / "index.html").is_file():
        print(f"No site in {site}: run `make site` first.", file=sys.stderr)
        return 1
    target = Path(options.output).absolute()
    target.mkdir(parents=True, exist_ok=True)
    names = options.page or list(PAGES)
    try:
        executable = finder.require()
    except finder.NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*finder.FLAGS, "--hide-scrollbars"]
        )
        taken = sum(_take(browser, address, target, name, options.first) for name in names)
        browser.close()
    print(f"{taken} pictures in {target}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("page", nargs="*", help=f"only these: {', '.join(PAGES)}")
    parser.add_argument("--site-dir", default=ROOT / "site", metavar="DIR", help="the site (site/)")
    parser.add_argument(
        "--output", default=ROOT / "screenshots", metavar="DIR", help="(screenshots/)"
    )
    parser.add_argument("--first", action="store_true", help="the first screen, not the whole page")
    return parser


def _take(browser: Browser, address: str, target: Path, name: str, first: bool) -> int:
    """One page in all its forms; how many pictures that were."""
    taken = 0
    for width, (x, y) in WIDTHS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": x, "height": y},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            traffic = Traffic(page)
            for language, folder in FOLDERS.items():
                page.goto(f"{address}{folder}{PAGES[name]}")
                traffic.settle()
                file = target / f"{name}-{width}-{scheme}-{language}.png"
                page.screenshot(path=file, full_page=not first)
                taken += 1
                if (width, scheme) == ("wide", "light") and name.startswith("advisory"):
                    page.pdf(path=file.with_name(f"{name}-{language}.pdf"), format="A4")
            context.close()
    return taken


if __name__ == "__main__":
    sys.exit(main())
