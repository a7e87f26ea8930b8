"""Read the headers that say how a request is written and how its answer should be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA = re.compile(rf"[ \t]*({_WORD})/({_WORD})[ \t]*")
_PARAMETER = re.compile(rf';[ \t]*(?:({_WORD})=({_WORD}|"(?:[^"\\]|\\.)*"))?[ \t]*')
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"|")+')
_QVALUE = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_MAX_RANGES = 50
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class MediaType:
    """Hold a media type or range, lower-cased, with its parameters."""

    kind: str
    subtype: str
    parameters: dict[str, str]

    @property
    def essence(self) -> str:
        """Return `type/subtype` alone."""
        return f"{self.kind}/{self.subtype}"


def parse_media_type(value: str) -> MediaType | None:
    """Parse by RFC 9110's grammar; None for anything else."""
    match = _MEDIA.match(value)
    if match is None:
        return None
    parameters: dict[str, str] = {}
    end = match.end()
    while end < len(value):
        parameter = _PARAMETER.match(value, end)
        if parameter is None:
            return None
        if parameter[1]:
            parameters.setdefault(parameter[1].lower(), parameter[2].strip('"').lower())
        end = parameter.end()
    return MediaType(match[1].lower(), match[2].lower(), parameters)


def is_json_in_utf8(content_types: Sequence[str]) -> bool:
    """Tell whether a body is declared, exactly once, as JSON that can be read: `application/json`, in UTF-8 if an encoding is named."""
    if len(content_types) != 1:
        return False
    if content_types[0] == JSON:
        return True
    media = parse_media_type(content_types[0])
    return media is not None and media.essence == JSON and media.parameters.get("charset", "utf-8") in ("utf-8", "utf8")


def response_type(accepts: Sequence[str]) -> str | None:
    """Choose the answer's media type by quality, then by order; a wildcard means JSON. None when neither is acceptable."""
    header = ",".join(accepts)
    # Clients send the same few headers again and again; a long one is not worth remembering.
    return _chosen(header) if len(header) <= _REMEMBERED else _chosen.__wrapped__(header)


def accepts_event_stream(accepts: Sequence[str]) -> bool:
    """Tell whether an answer may be a stream of events; only those who name the type can read one."""
    return any(EVENT_STREAM in header.lower() for header in accepts) and _names_event_stream(",".join(accepts))


def _names_event_stream(header: str) -> bool:
    for element in _ELEMENT.findall(header)[:_MAX_RANGES]:
        media = parse_media_type(element)
        if media is not None and media.essence == EVENT_STREAM:
            return bool(_quality(media))
    return False


@lru_cache(maxsize=256)
def _chosen(header: str) -> str | None:
    if not header.strip():
        return JSON
    explicit: dict[str, tuple[float, int]] = {}
    wildcard: float | None = None
    specificity = -1
    for position, element in enumerate(_ELEMENT.findall(header)[:_MAX_RANGES]):
        media = parse_media_type(element)
        quality = _quality(media)
        if media is None or quality is None:
            continue
        if media.essence in (JSON, GRAPHQL_RESPONSE):
            explicit.setdefault(media.essence, (quality, -position))
        elif media.subtype == "*" and media.kind in ("*", "application"):
            rank = int(media.kind == "application")
            if rank > specificity:
                wildcard, specificity = quality, rank
    if wildcard is not None:
        # Listed behind everything that is named, JSON before its younger sister.
        explicit.setdefault(JSON, (wildcard, -_MAX_RANGES))
        explicit.setdefault(GRAPHQL_RESPONSE, (wildcard, -_MAX_RANGES - 1))
    best = max(explicit, key=lambda name: explicit[name], default=None)
    return best if best is not None and explicit[best][0] > 0 else None


def _quality(media: MediaType | None) -> float | None:
    if media is None:
        return None
    text = media.parameters.get("q", "1")
    return float(text) if _QVALUE.fullmatch(text) else None
