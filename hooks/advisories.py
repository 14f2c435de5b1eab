"""Takes MkDocs' events; gives them the pages of the knowledge base in one language each.

An event unpacks, calls the library and returns. MkDocs loads this once, so each build assigns state
afresh. It builds the pages that list; those about one record or release are written past it.
"""

import html
import logging
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from jinja2 import Environment
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from caveat import urls
from caveat.problems import summary
from caveat.publishing import languages, outputs, preview, search, single
from caveat.publishing.beside import Process, beside, failed, stop
from caveat.publishing.known import Known, everything, settle
from caveat.publishing.writing import Writer, leaves, searched
from caveat.site import Rendered, Site, SitePage, TocEntry

log = logging.getLogger("mkdocs.hooks.advisories")


class Run(NamedTuple):
    """How MkDocs was started; the build in the other language runs the same way."""

    serving: bool = False
    dirty: bool = False
    only: str = ""
    """The file of the one record that is shown; else every page is made."""


class GeneratedFile(File):
    """The file of a generated page; `marks` are all that its HTML is made from."""

    marks: object = None

    def is_modified(self) -> bool:
        """Whether a dirty build has to make the page again. MkDocs asks about files on disk; these
        have none, but equal marks give equal HTML."""
        return self.marks is None or built.get(self.abs_dest_path) != self.marks


class FilesAndLeaves(Files):
    """All files of a build; a leaf is one for those who ask for it by name, as Markdown links."""

    def __init__(self, files: Files, leaves_: set[str], config: MkDocsConfig) -> None:
        super().__init__(files)
        self._leaves, self._config = leaves_, config

    def get_file_from_path(self, path: str) -> File | None:
        """The file of this name."""
        known = super().get_file_from_path(path)
        return generated(self._config, path) if path in self._leaves else known


class GeneratedPage(Page):
    """A page whose HTML comes from our templates instead of from Markdown."""

    def __init__(self, entry: SitePage, label: str | None, file: File, config: MkDocsConfig):
        super().__init__(label or html.escape(entry.title), file, config)
        self.entry, self.source = entry, entry.source

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown; MkDocs wants the attribute set before it renders."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Fill what the theme reads from a page."""
        self.fill(sites[language(config)].render(self.entry))

    def fill(self, rendered: Rendered) -> None:
        """Take on what was rendered."""
        self.content = rendered.html
        self.toc = contents(rendered.toc)
        self.meta = {
            "title": rendered.title,
            "description": rendered.description,
            "hide": ["navigation"],
            "generated": True,
        }


@dataclass
class Theme:
    """Puts the theme around a page that MkDocs does not build, as it would."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    def around(self, entry: SitePage, rendered: Rendered) -> str:
        """The whole page."""
        page, config, nav = leaf(self.config, entry), self.config, self.nav
        page.fill(rendered)
        context = get_context(nav, self.files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        output = self.env.get_template("main.html").render(context)
        return config.plugins.on_post_page(output, page=page, config=config)


run = Run()
built: dict[str, object] = {}
"""The marks of what this server has written; under `build` nobody asks."""
twin: Process | None = None
"""The process that builds the other language beside this one."""
scribe: Process | None = None
"""The process that writes the exports beside both."""
export: Callable[[], object] = list
"""Writes them, below the outermost build's site."""
known: Known | single.Previewed | None = None
"""Read by the outermost build, which English is unless somebody builds Chinese alone."""
inside = False
"""Whether the build that runs now was started from within another."""
sites: dict[str, Site] = {}
"""The site of each language, from its on_config until the next build assigns it anew."""
themes: dict[str, Theme] = {}
"""The theme of each language, from its on_env."""
menu = Navigation([], [])


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember how MkDocs was started."""
    global run  # noqa: PLW0603 - an event has nowhere else to keep it
    run = Run(command == "serve", dirty, os.environ.get("CAVEAT_PREVIEW", ""))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the records before MkDocs empties anything."""
    global known, export  # noqa: PLW0603 - the build inside this one takes them from here
    config.site_url = urls.site_address(config.site_url or "", Abort)
    root, lang = root_of(config), language(config)
    if known is None or not inside:
        known = single.read(root, run.only) if run.only else read(root)
        export = partial(
            outputs.write, Path(config.site_dir), known.kb, known.answers, config.site_url
        )
    sites[lang] = known.site(lang, languages.home(lang, config.site_url))
    config.nav = [] if run.only else config.nav
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the generated pages to the hand-written ones."""
    global twin, scribe  # noqa: PLW0603 - on_post_build waits for them
    files = Files(file for file in files if not (run.only and file.is_documentation_page()))
    labels = dict(languages.nav_labels(config.nav))
    site, looks = sites[language(config)], preview.newest_change(root_of(config))
    for entry in site.pages():
        if entry.subject:
            continue
        file = generated(config, uri := f"{entry.path}index.md", in_nav=uri in labels)
        file.marks = (looks, labels, site.sources(entry)) if run.dirty else None
        file.page = GeneratedPage(entry, labels.get(uri), file, config)
        files.append(file)
    if language(config) == languages.DEFAULT and not (run.serving or run.only):
        sys.stdout.flush()
        if isinstance(known, Known):
            known.prepare()
        twin = beside(build_inside, config, languages.other(languages.DEFAULT))
    elif inside and not (run.serving or run.only):
        # By now all folders were emptied.
        scribe = beside(export)
    return FilesAndLeaves(files, {f"{entry.path}index.md" for entry in leaves(site)}, config)


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep what the theme shows on every page."""
    global menu  # noqa: PLW0603 - on_env is not told
    menu = nav
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Keep what renders the theme."""
    themes[language(config)] = Theme(config, files, menu, env)
    return env


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """The map of the site, which nobody asks a preview for, lists leaves as well."""
    if template_name == "sitemap.xml" and not run.serving:
        lost = leaves(sites[language(config)])
        context["pages"] = [*context["pages"], *(leaf(config, entry).file for entry in lost)]
    return context


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Remember what the page was made from, for the next dirty build."""
    if isinstance(page.file, GeneratedFile):
        built[page.file.abs_dest_path] = page.file.marks
    return output


def on_post_build(*, config: MkDocsConfig) -> None:
    """Index this language for search, and see that the other one is inside this one's site."""
    lang, site = language(config), Path(config.site_dir)
    looks = preview.newest_change(root_of(config))
    writer = Writer(site, looks, built if run.dirty else None)
    writer.pages(sites[lang], themes[lang].around)
    writer.data(sites[lang])
    # A preview's search and exports are as old as its start: they take longer than an edit may.
    if not (run.only or (run.dirty and (site / search.BUNDLE).exists())):
        own = (file.dest_uri for file in themes[lang].files.documentation_pages())
        pages = search.index(site, lang, (*own, *searched(sites[lang])))
        log.info(f"Search in {languages.NAMES[lang]} covers {pages} pages")
    if inside and failed(scribe):
        raise Abort("Aborted: the exports failed.")
    if lang == languages.DEFAULT and twin is None:
        build_inside(config, languages.other(lang))
        if not (run.only or (run.dirty and outputs.exist(site))):
            export()
    elif lang == languages.DEFAULT and failed(twin):
        raise Abort(f"Aborted: the build of {languages.NAMES[languages.other(lang)]} failed.")
    if run.serving and not inside:
        settle()


def on_build_error(*, error: Exception) -> None:
    """Half a site is of no use: stop what runs beside as well."""
    if not isinstance(error, Abort):
        stop(scribe, twin)


def read(root: Path) -> Known:
    """All records, or the end: every problem is shown before the build stops, once."""
    known, problems = everything(root)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    if any(problem.is_error for problem in problems):
        raise Abort(f"Aborted: {summary(problems)} in advisories/; nothing was written.")
    return known


def build_inside(config: MkDocsConfig, lang: str) -> None:
    """Build another language into its folder of the running build's site."""
    global inside  # noqa: PLW0603 - on_config of the inner build reads it
    inner = load_config(
        config_file=str(root_of(config) / f"mkdocs.{lang}.yml"),
        site_dir=str(Path(config.site_dir) / languages.FOLDER[lang]),
        site_url=config.site_url and f"{config.site_url}{languages.FOLDER[lang]}",
        strict=config.strict,
    )
    inside = True
    try:
        build(inner, serve_url=inner.site_url if run.serving else None, dirty=run.dirty)
    finally:
        inside = False


def leaf(config: MkDocsConfig, entry: SitePage) -> GeneratedPage:
    """A page that MkDocs does not build, as it would see it."""
    return GeneratedPage(entry, None, generated(config, f"{entry.path}index.md"), config)


def generated(config: MkDocsConfig, uri: str, *, in_nav: bool = False) -> GeneratedFile:
    """The file of a page whose content is not in `docs/`."""
    level = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    return cast("GeneratedFile", GeneratedFile.generated(config, uri, content="", inclusion=level))


def contents(entries: Iterable[TocEntry]) -> TableOfContents:
    """A flat list of headings as the tree that the theme walks."""
    top: list[AnchorLink] = []
    open_: list[AnchorLink] = []
    for entry in entries:
        link = AnchorLink(entry.title, entry.id, entry.level)
        while open_ and open_[-1].level >= link.level:
            open_.pop()
        (open_[-1].children if open_ else top).append(link)
        open_.append(link)
    return TableOfContents(top)


def language(config: MkDocsConfig) -> Literal["en", "zh"]:
    """The language of a build is that of its theme."""
    return "zh" if config.theme["language"] == "zh" else "en"


def root_of(config: MkDocsConfig) -> Path:
    """The repository: where the settings file is."""
    return Path(config.config_file_path).parent
