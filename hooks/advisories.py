"""Takes MkDocs' events; gives them the pages of the knowledge base in one language each.

The only file that knows MkDocs: an event unpacks what it got, calls the library and
returns. MkDocs loads this module once for both languages and never again, so state
is assigned afresh in every build, never added to.
"""

import gc
import html
import logging
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.problems import summary
from caveat.publishing import languages, outputs, preview, search, single
from caveat.publishing.beside import Process, beside
from caveat.rules import load_and_check
from caveat.site import Site, SitePage, TocEntry, data

log = logging.getLogger("mkdocs.hooks.advisories")

LOOKS = ("docs", "caveat/site/templates", "caveat/words", "mkdocs.zh.yml")
WATCHED = ("advisories", *LOOKS)


@dataclass(frozen=True)
class Run:
    """How MkDocs was started; the build in the other language runs the same way."""

    serving: bool = False
    dirty: bool = False
    only: str = ""
    """The file of the one record that a preview shows; else every page is made."""


@dataclass(frozen=True)
class Known:
    """What was read and what the engine worked out from it; both languages share it."""

    kb: KnowledgeBase
    answers: Answers


class GeneratedFile(File):
    """The file of a generated page; `marks` are all that its HTML is made from."""

    marks: object = None

    def is_modified(self) -> bool:
        """Whether a dirty build has to make the page again. MkDocs asks about files on disk; these
        have none, but equal marks give equal HTML."""
        return self.marks is None or built.get(self.abs_dest_path) != self.marks


compiled = preview.Compiled()
run = Run()
built: dict[str, object] = {}
"""The marks of what this server has written; under `build` nobody asks."""
twin: Process | None = None
"""The process that builds the other language beside this one."""
known: Known | None = None
"""Read by the outermost build, which English is unless somebody builds Chinese alone."""
previewed: single.Previewed | None = None
"""The one record of a preview, likewise."""
inside = False
"""Whether the build that runs now was started from within another."""
sites: dict[str, Site] = {}
"""The site of each language, from its on_config until the next build assigns it anew."""


class GeneratedPage(Page):
    """A page whose HTML comes from our templates instead of from Markdown."""

    def __init__(self, entry: SitePage, label: str | None, file: File, config: MkDocsConfig):
        super().__init__(label or entry.title, file, config)
        self.entry = entry

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown; MkDocs wants the attribute set before it renders."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Fill what the theme reads from a page."""
        rendered = sites[language(config)].render(self.entry)
        self.content = rendered.html
        self.toc = contents(rendered.toc)
        self.meta = {
            "title": rendered.title,
            "description": rendered.description,
            "hide": ["navigation"],
            "generated": True,
        }


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember how MkDocs was started."""
    global run  # noqa: PLW0603 - an event has nowhere else to keep it
    only = os.environ.get("CAVEAT_PREVIEW", "")
    run = Run(serving=command == "serve", dirty=dirty, only=only)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the records before MkDocs empties anything."""
    global known, previewed  # noqa: PLW0603 - the build inside this one takes them from here
    config.site_url = urls.site_address(config.site_url or "", Abort)
    lang = language(config)
    if run.only:
        if previewed is None or not inside:
            previewed = single.read(root_of(config), run.only)
        sites[lang] = previewed.site(lang)
        config.nav = []
    else:
        if known is None or not inside:
            kb = read(root_of(config))
            known = Known(kb, Answers(kb))
        sites[lang] = Site(known.kb, lang, known.answers)
    add_theme_files(config, root_of(config) / "docs" / "theme")
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the generated pages to the hand-written ones."""
    global twin  # noqa: PLW0603 - on_post_build waits for it
    for page in list(files.documentation_pages()) if run.only else ():
        files.remove(page)
    labels = dict(languages.nav_labels(config.nav))
    site, looks = sites[language(config)], preview.newest_change(root_of(config), LOOKS)
    for entry in site.pages():
        uri = f"{entry.path}index.md"
        level = InclusionLevel.INCLUDED if uri in labels else InclusionLevel.NOT_IN_NAV
        file = cast(
            "GeneratedFile", GeneratedFile.generated(config, uri, content="", inclusion=level)
        )
        file.marks = (looks, labels, site.sources(entry)) if run.dirty else None
        file.page = GeneratedPage(entry, labels.get(uri), file, config)
        files.append(file)
    if language(config) == languages.DEFAULT and not (run.serving or run.only):
        sys.stdout.flush()
        # What was read stays to the end: no collection looks at it again, in neither process.
        gc.freeze()
        twin = beside(build_inside, config, languages.other(languages.DEFAULT))
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Every page exists now: say where each is edited."""
    base = str(config.extra.get("edit_base") or "").rstrip("/")
    for file in files.documentation_pages() if base else ():
        if file.page and (source := source_of(file.page, config)):
            file.page.edit_url = f"{base}/{source}"
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """A page holds no empty lines where the theme's tags stood; a server compiles a tag once."""
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = compiled
    return env


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the theme the links of this page to the other language."""
    return context | theme_values(config, context["base_url"], page.url)


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """The error page has no twin of its own: it offers the other home page."""
    return context | theme_values(config, context["base_url"], "")


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Remember what the page was made from, for the next dirty build."""
    if isinstance(page.file, GeneratedFile):
        built[page.file.abs_dest_path] = page.file.marks
    return output


def on_post_build(*, config: MkDocsConfig) -> None:
    """Index this language for search, and see that the other one is inside this one's site."""
    lang, site = language(config), Path(config.site_dir)
    looks = preview.newest_change(root_of(config), LOOKS)
    data.write(sites[lang], site, looks, built if run.dirty else {})
    if run.only:
        if lang == languages.DEFAULT:
            build_inside(config, languages.other(lang))
        return
    # A preview's search and exports are as old as its start: they take longer than an edit may.
    if not (run.dirty and (site / search.BUNDLE).exists()):
        pages = search.index(site, lang)
        log.info(f"Search in {languages.NAMES[lang]} covers {pages} pages")
    if twin is not None and lang == languages.DEFAULT:
        twin.join()
        if twin.exitcode:
            raise Abort(f"Aborted: the build of {languages.NAMES[languages.other(lang)]} failed.")
    elif lang == languages.DEFAULT:
        build_inside(config, languages.other(lang))
    if known is not None and lang == languages.DEFAULT and not (run.dirty and outputs.exist(site)):
        outputs.write(site, known.kb, known.answers, config.site_url or "")


def on_build_error(*, error: Exception) -> None:
    """Half a site is of no use: stop the other language as well."""
    if twin is not None and twin.is_alive() and not isinstance(error, Abort):
        twin.terminate()


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Reload when a record, a page in either language, the theme or a template changes."""
    gc.freeze()  # Collections walked all that was read, in the middle of every rebuild.
    for name in WATCHED:
        if (path := root_of(config) / name).exists():
            server.watch(str(path))
    return server


def read(root: Path) -> KnowledgeBase:
    """All records, or the end: every problem is shown before the build stops, once."""
    kb, problems = load_and_check(root)
    for problem in problems:
        print(problem, file=sys.stderr)
    if any(problem.is_error for problem in problems):
        raise Abort(f"Aborted: {summary(problems)} in advisories/; nothing was written.")
    return kb


def build_inside(config: MkDocsConfig, lang: str) -> None:
    """Build another language into its folder of the running build's site."""
    global inside  # noqa: PLW0603 - on_config of the inner build reads it
    folder = languages.FOLDER[lang]
    inner = load_config(
        config_file=str(root_of(config) / f"mkdocs.{lang}.yml"),
        site_dir=str(Path(config.site_dir) / folder),
        site_url=f"{config.site_url}{folder}" if config.site_url else "",
        strict=config.strict,
    )
    inside = True
    try:
        build(inner, serve_url=inner.site_url if run.serving else None, dirty=run.dirty)
    finally:
        inside = False


def add_theme_files(config: MkDocsConfig, theme: Path) -> None:
    """Every style sheet and script of the theme, in the order of their names.

    A file put into docs/theme/styles/ or scripts/ is on the site; nothing else lists it.
    """
    for path in sorted(theme.glob("styles/*.css")):
        config.extra_css.append(path.relative_to(theme).as_posix())
    for path in sorted(theme.glob("scripts/*.js")):
        script = ExtraScriptValue(path.relative_to(theme).as_posix())
        script.type = "module"
        config.extra_javascript.append(script)


def theme_values(config: MkDocsConfig, base_url: str, path: str) -> dict[str, Any]:
    """What docs/theme/ reads: links between languages, and one colour choice for both."""
    lang = language(config)
    # The theme keeps the reader's choice of colours under this path.
    config.extra["scope"] = languages.site_root(lang, base_url)
    return {"caveat": languages.theme_values(lang, base_url, path, config.site_url or "")}


def source_of(page: Page, config: MkDocsConfig) -> str | None:
    """The file to edit, from the root of the repository: a record, or a Markdown page."""
    if isinstance(page, GeneratedPage):
        return page.entry.source
    path = page.file.abs_src_path
    return Path(path).relative_to(root_of(config)).as_posix() if path else None


def contents(entries: Iterable[TocEntry]) -> TableOfContents:
    """A flat list of headings as the tree that the theme walks."""
    top: list[AnchorLink] = []
    open_: list[AnchorLink] = []
    for entry in entries:
        link = AnchorLink(html.escape(entry.title), entry.id, entry.level)
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
