"""A saved upstream issue or pull request to a lead: GitHub's and GitLab's JSON, and saved pages.

Takes the bytes of a file (what the REST APIs answer for one issue, pull or merge request, or a page
that a browser saved) and gives a `Lead`; anything else raises `SourceError`.
"""

from __future__ import annotations

import re
from typing import Any

from caveat.importers import texts
from caveat.importers.lead import Lead, Lost, Named, Source, SourceError
from caveat.importers.page import Page, page
from caveat.importers.parts import Part, counted, decoded, parsed
from caveat.problems import printable

_ERROR = re.compile(
    r"error|fail|fatal|panic|denied|refused|not supported|unsupported|cannot|could not|can't|unable"
    r"|timed? ?out|invalid|unknown|no such|not found|exception",
    re.IGNORECASE,
)
#: A line of code that is somebody's command or a setting, not something that was printed.
_COMMAND = re.compile(r"^\s*(?:[$#>%]\s|sudo\s|- |\w+=)")
_ISSUE = re.compile(
    r"https://(?:github\.com/([\w.-]+/[\w.-]+)/(?:issues|pull)/\d+"
    r"|[\w.-]+/([\w./-]+)/-/(?:issues|merge_requests|work_items)/\d+)"
)
_CHANGE = re.compile("/pull/|/merge_requests/")
#: Characters of a line that can be told from others and kept whole.
_SHORTEST, _LONGEST = 20, 1000
_PEOPLE = "records name no people"
_STATE = "the state of a thread is not the state of the problem"


def read(data: bytes, file: str) -> Lead:
    """The thread in `data`; `file` is what it is called in messages and in the draft."""
    text = decoded(data, file)
    if text.lstrip().startswith(("{", "[")):
        return from_json(parsed(text, file), file)
    return _from_page(page(text, file), file)


def from_json(data: Any, file: str) -> Lead:
    """The thread in what a REST API answered."""
    if isinstance(data, list):
        if len(data) != 1:
            raise SourceError(f"{file}: a list of {len(data)} things; save the one issue alone")
        data = data[0]
    if not isinstance(data, dict):
        raise SourceError(f"{file}: neither an issue of GitHub nor one of GitLab")
    if "html_url" in data and "number" in data:
        return _from_github(Part(data), file)
    if "web_url" in data and "iid" in data:
        return _from_gitlab(Part(data), file)
    raise SourceError(
        f"{file}: neither an issue of GitHub (want `html_url` and `number`) nor one of GitLab "
        "(want `web_url` and `iid`); save what the REST API answers for one issue"
    )


def _from_github(part: Part, file: str) -> Lead:
    """https://docs.github.com/en/rest/issues/issues#get-an-issue, the same for pull requests."""
    labels = [one.text("name") for one in part.parts("labels")] if "labels" in part else []
    for key in ("user", "assignee", "assignees", "closed_by", "author_association", "merged_by"):
        part.lose(key, _PEOPLE)
    for key in ("state", "state_reason", "closed_at", "merged_at", "locked", "reactions"):
        part.lose(key, _STATE)
    part.lose("comments", "comments are not part of this answer; read them at the source")
    part.skip(*_GITHUB_OWN)
    found = _page(part, ("title", "html_url", "body", "created_at"), labels)
    return _lead(file, found, _without_labels(part.lost()))


#: Addresses, ids and bookkeeping of the service.
_GITHUB_OWN = (
    *("url", "repository_url", "labels_url", "comments_url", "events_url", "timeline_url", "id"),
    *("node_id", "number", "updated_at", "performed_via_github_app", "active_lock_reason", "draft"),
    *(
        "pull_request",
        "type",
        "sub_issues_summary",
        "issue_dependencies_summary",
        "parent_issue_url",
    ),
    *("issue_field_values", "pinned_comment", "body_html", "body_text", "repository", "milestone"),
    *("diff_url", "patch_url", "issue_url", "commits_url", "review_comments_url", "statuses_url"),
    *("review_comment_url", "head", "base", "_links", "auto_merge", "merge_commit_sha", "merged"),
    *(
        "mergeable",
        "rebaseable",
        "mergeable_state",
        "maintainer_can_modify",
        "commits",
        "additions",
    ),
    *("deletions", "changed_files", "review_comments", "requested_reviewers", "requested_teams"),
)


def _without_labels(lost: list[Lost]) -> list[Lost]:
    """Labels' colours and descriptions are the service's; their names were read."""
    return [one for one in lost if not one.place.startswith("labels[].")]


def _from_gitlab(part: Part, file: str) -> Lead:
    """https://docs.gitlab.com/api/issues/#single-issue, the same for merge requests."""
    labels = part.texts("labels")
    for key in (
        "author",
        "assignee",
        "assignees",
        "closed_by",
        "merged_by",
        "merge_user",
        "reviewers",
    ):
        part.lose(key, _PEOPLE)
    for key in ("state", "closed_at", "merged_at", "severity", "upvotes", "downvotes"):
        part.lose(key, _STATE)
    part.lose("user_notes_count", "comments are not part of this answer; read them at the source")
    part.skip(*_GITLAB_OWN)
    found = _page(part, ("title", "web_url", "description", "created_at"), labels)
    return _lead(file, found, part.lost())


_GITLAB_OWN = (
    *("id", "iid", "project_id", "updated_at", "references", "_links", "time_stats", "issue_type"),
    *("type", "task_completion_status", "has_tasks", "task_status", "blocking_issues_count"),
    *("confidential", "discussion_locked", "due_date", "weight", "milestone", "moved_to_id"),
    *("service_desk_reply_to", "imported", "imported_from", "merge_requests_count", "epic"),
)


def _page(part: Part, keys: tuple[str, str, str, str], labels: list[str]) -> Page:
    """The title, address, text and day under the keys."""
    title, url, text, day = (part.text(key) for key in keys)
    return Page(title, url, text, day[:10], tuple(labels))


def _from_page(found: Page, file: str) -> Lead:
    lost = [Lost("page", "comments, people and all that stands around the first text")]
    return _lead(file, found, lost)


def _lead(file: str, found: Page, lost: list[Lost]) -> Lead:
    where = _ISSUE.match(found.url.partition("#")[0])
    if where is None:
        raise SourceError(
            f"{file}: {printable(found.url[:200]) or 'no address'} is no issue, pull or merge "
            "request; save the page of one thread"
        )
    if not found.title.strip():
        raise SourceError(f"{file}: the thread has no title; was the whole page saved?")
    return Lead(
        file=file,
        form="thread",
        title=found.title,
        text=found.text,
        sources=(Source("fix" if _CHANGE.search(where[0]) else "report", where[0], found.title),),
        day=found.day[:10],
        named=(Named((where[1] or where[2],)),),
        errors=errors(found.text),
        hints=found.labels,
        lost=tuple(counted(lost)),
    )


def errors(markdown: str) -> tuple[str, ...]:
    """Lines of code in the text that look like error texts, in their order."""
    found = (
        row.strip()
        for row in texts.code_of(markdown)
        if _SHORTEST <= len(row.strip()) <= _LONGEST
        and _ERROR.search(row)
        and not _COMMAND.match(row)
    )
    return tuple(dict.fromkeys(found))
