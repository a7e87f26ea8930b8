"""The links of mails lead to the web, a mailbox or a telephone, and nowhere else: neither by the author's words nor by a lead's values."""

from __future__ import annotations

import re
from html import unescape

SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "cid"})
"""What a link may begin with; `cid` names a picture of the same mail. Links without any are left to the mail's reader."""

# Each alternative takes what it looks at or fails at once: the work grows no faster than the words.
_LINK = re.compile(
    r"""((?<![\w-])(?:href|src|action|formaction|background|poster)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_BARE = re.compile(r"<[a-z][^<>]*=\s*\{[{%]", re.IGNORECASE)
_IGNORED_BY_READERS = re.compile(r"[\x00-\x20\x7f]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def link_problem(words: str) -> str | None:
    """Say what is wrong with the links that stand in HTML words; what values will make of the others shows when they are filled in."""
    for found in _LINK.finditer(words):
        scheme = _scheme(_target(found).partition("{{")[0].partition("{%")[0])
        if scheme not in SCHEMES:
            return f"A link leads to http, https, mailto, tel or sms, not to `{scheme[:30]}`."
    if _BARE.search(words):
        return "A value that is filled in within a tag stands in quotation marks."
    return None


def with_safe_links(html: str) -> str:
    """Let links of a mail that would lead elsewhere lead nowhere: whatever a lead's value was, the mail can be sent."""
    return _LINK.sub(lambda found: found[0] if _scheme(_target(found)) in SCHEMES else f'{found[1]}"#"', html)


def _target(found: re.Match[str]) -> str:
    return found[2] or found[3] or found[4] or ""


def _scheme(target: str) -> str:
    """Return what a link begins with, in small letters, as readers see it; a relative link counts as https."""
    scheme = _SCHEME.match(_IGNORED_BY_READERS.sub("", unescape(target)))
    return scheme[1].lower() if scheme else "https"
