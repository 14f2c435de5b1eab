"""Takes MkDocs' events; gives the theme its files, and each page its links between languages and
its edit button.

State is assigned afresh in every build, as in the other hook; compiled templates may outlive one.
"""

import gc
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from caveat.publishing import headers, languages, naming, preview
from caveat.publishing.slim import slim

SHEET = "styles/all.css"
"""One file and one line in each page instead of many."""
compiled = preview.Compiled()
listed: dict[int, list[str]] = {}
"""The names of the theme's files; both languages have one theme."""
serving = False
"""Whether this is a preview."""
names: dict[str, str] = {}
"""The folders of styles and scripts by their names on the site; a preview, whose files change while
it runs, has those of the theme."""
own: dict[str, str] = {}
"""The inline script of every page and the policy that lets it run."""


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember how MkDocs was started."""
    global serving  # noqa: PLW0603 - an event has nowhere else to keep it
    serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the style sheet and every script of the theme, in the order of their names.

    A file put into docs/theme/styles/ or scripts/ is on the site; nothing else lists it.
    """
    global names, own  # noqa: PLW0603 - the events of each page read them
    theme = root_of(config) / "docs" / "theme"
    if serving:
        changed, get_env = preview.newest_change(root_of(config)), config.theme.get_env
        config.theme.get_env = lambda: preview.list_once(get_env(), listed, changed)  # type: ignore[method-assign]
    names = {} if serving else naming.published(theme)
    own = headers.theme_values(root_of(config), preview=serving)
    config.extra_css.append(naming.place(SHEET, names))
    for path in sorted(theme.glob("scripts/*.js")):
        script = ExtraScriptValue(naming.place(path.relative_to(theme).as_posix(), names))
        script.type = "module"
        config.extra_javascript.append(script)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Join the style sheets, in the order of their names; put all where pages name it."""
    sheets = [one for one in files if one.src_uri.startswith("styles/")]
    for file in sheets:
        files.remove(file)
    text = "\n".join(one.content_string for one in sorted(sheets, key=lambda one: one.src_uri))
    files.append(File.generated(config, SHEET, content=text))
    for file in files.media_files():
        file.dest_uri = naming.place(file.dest_uri, names)
    return files


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """A page holds no empty lines where the theme's tags stood; a server compiles a tag once."""
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = compiled
    return env


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the theme the links of this page: to the other language, and to its source."""
    base = str(config.extra.get("edit_base") or "").rstrip("/")
    if base and (source := source_of(page, config)):
        page.edit_url = f"{base}/{source}"
    return context | values(config, context["base_url"], page.url)


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """The error page has no twin of its own: it offers the other home page."""
    return context | values(config, context["base_url"], "")


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Without the blanks that the theme's templates indent with."""
    return slim(output)


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Reload when a record, a page in either language, the theme or a template changes."""
    gc.freeze()  # Collections walked all that was read, in the middle of every rebuild.
    for name in preview.WATCHED:
        if (path := root_of(config) / name).exists():
            server.watch(str(path))
    return server


def values(config: MkDocsConfig, base_url: str, path: str) -> dict[str, Any]:
    """What docs/theme/ reads: links between languages, and one colour choice for both."""
    lang = str(config.theme["language"])
    # The theme keeps the reader's choice of colours under this path.
    config.extra["scope"] = languages.site_root(lang, base_url)
    found = languages.theme_values(lang, base_url, path, config.site_url or "")
    return {"caveat": found | own}


def source_of(page: Page, config: MkDocsConfig) -> str | None:
    """The file to edit, from the root of the repository: a record, or a Markdown page."""
    path = page.file.abs_src_path
    if path is None:
        return getattr(page, "source", None)
    return Path(path).relative_to(root_of(config)).as_posix()


def root_of(config: MkDocsConfig) -> Path:
    """The repository: where the settings file is."""
    return Path(config.config_file_path).parent
