"""Reads how senior a person is from a job title, on whole words."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

MAX_TITLE_LENGTH = 200


class Seniority(StrEnum):
    """The levels a title can name, the highest first."""

    C_LEVEL = "C_LEVEL"
    VP = "VP"
    DIRECTOR = "DIRECTOR"
    MANAGER = "MANAGER"


_LEVEL_OF_WORD = {
    **dict.fromkeys(
        ("ceo", "cfo", "coo", "cto", "cmo", "cio", "cro", "cso", "cpo", "cdo", "cco", "cao", "clo", "chro", "ciso", "cxo"),
        Seniority.C_LEVEL,
    ),
    **dict.fromkeys(("vp", "svp", "evp", "avp", "rvp", "gvp"), Seniority.VP),
    **dict.fromkeys(("director", "dir"), Seniority.DIRECTOR),
    **dict.fromkeys(("manager", "mgr", "mngr", "gm"), Seniority.MANAGER),
}
_RANK = {level: rank for rank, level in enumerate(Seniority)}

_INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HYPHENATED_TO = re.compile(r"(?<=\w)-to-(?=\w)|\bgo to market\b")
_TIGHT_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
# What follows is somebody else's title or an employer's name: "Assistant to the CEO", "Engineer at Director Ltd".
_SOMEBODY_ELSE = re.compile(r"\b(?:to|at|reporting|office of)\b|@")
_ROLE_BREAK = re.compile(r"[/&|+;\n]|\band\b")
_PHRASE_BREAK = re.compile(r"[^\w\s.'’]+")
_WORD = re.compile(r"[^\W_]+")
_CHIEF_OFFICER = re.compile(r"\bchief(?: (?!of\b|officer\b)[^\W_]+| ?[&/]){1,5} officer\b|\bchief executive\b")
_VICE_PRESIDENT = re.compile(r"\bvice\s+pres(?:ident)?\b")
_CLERK = re.compile(r"(?<!company )(?<!corporate )(?<!general )\bsecretary\b|\b(?:trainee|intern|apprentice)\b|^(?:pa|ea)\b")
_ADJECTIVE_ASSISTANT = re.compile(r"(?:(?:senior|sr|first) )?(?:assistant|asst) (?!to\b|of\b|for\b)")


def seniority(title: str | None) -> Seniority | None:
    """Tell the highest of the four levels that a title names, or None.

    Only words for these levels count: founder, owner, partner, president, head and lead name none of them. Whoever assists or is in
    training has no level of their own, however senior the person named beside them; "Assistant Manager" does name a level. Nothing is read
    beyond 200 characters.
    """
    if not title:
        return None
    if len(title) > MAX_TITLE_LENGTH:
        title = title[:MAX_TITLE_LENGTH].rpartition(" ")[0]
    return _seniority(title)


@lru_cache(maxsize=16_384)
def _seniority(title: str) -> Seniority | None:
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", title).casefold())
    text = _TIGHT_HYPHEN.sub(" ", _HYPHENATED_TO.sub(" ", text))
    text = _SOMEBODY_ELSE.split(_join_initials(text), maxsplit=1)[0]
    text = _VICE_PRESIDENT.sub("vp", _CHIEF_OFFICER.sub("cxo", text))
    levels = [level for role in _ROLE_BREAK.split(text) if (level := _level_of_role(role)) is not None]
    return min(levels, key=_RANK.__getitem__, default=None)


def _level_of_role(role: str) -> Seniority | None:
    phrases = [" ".join(_WORD.findall(phrase)) for phrase in _PHRASE_BREAK.split(role)]
    words = [word for phrase in phrases for word in phrase.split()]
    if _CLERK.search(" ".join(words)):
        return None
    levels = [_LEVEL_OF_WORD[word] for word in words if word in _LEVEL_OF_WORD]
    if "assistant" in words or "asst" in words:
        own = next((phrase for phrase in phrases if "assistant" in phrase or "asst" in phrase), "")
        adjective = _ADJECTIVE_ASSISTANT.match(own)
        rest = own[adjective.end() :].split() if adjective else []
        levels = [_LEVEL_OF_WORD[word] for word in rest[:3] if word in _LEVEL_OF_WORD and _LEVEL_OF_WORD[word] is not Seniority.C_LEVEL]
    return min(levels, key=_RANK.__getitem__, default=None)


def _join_initials(text: str) -> str:
    """Write "c.e.o." and "v p" as one word."""
    return re.sub(r"(?<![\w'’])[^\W\d_](?:(?:\.\s?|\s)[^\W\d_](?!\w))+\.?", lambda run: re.sub(r"[.\s]", "", run.group()) + " ", text)
