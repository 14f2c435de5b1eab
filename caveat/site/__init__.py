"""The pages of the site: which exist, what each shows, and its HTML.

Takes a knowledge base and a language and gives pages and rendered content; it knows nothing of the
engine that puts a theme around them.
"""

from caveat.site.pages import Rendered, Site, SitePage, TocEntry

__all__ = ["Rendered", "Site", "SitePage", "TocEntry"]
