"""Mappings as people write them: YAML or JSON. Every scalar is a text, so that Yes, No and 1.0 stay what they look like in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from domain.imports_mapping import AgentMapping, InvalidMapping, LeadMapping
from domain.imports_mapping_parser import parse_mapping

MAX_MAPPING = 200_000
_DEEPEST = 30


def read_mapping(text: str) -> Any:
    """Read a mapping's text into dictionaries, lists and texts. Raises InvalidMapping."""
    if len(text) > MAX_MAPPING:
        raise InvalidMapping([f"The mapping has more than {MAX_MAPPING} characters."])
    import yaml  # noqa: PLC0415 -- only imports need it

    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                raise InvalidMapping(["The mapping uses an alias (*); write it out."])
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise InvalidMapping([f"The mapping is nested more than {_DEEPEST} deep."])
        # BaseLoader makes texts, lists and dictionaries, and nothing else.
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise InvalidMapping([f"{where}{error.problem or 'not readable as YAML'}"]) from error
    except (yaml.YAMLError, TypeError) as error:
        raise InvalidMapping(["The mapping is not readable as YAML or JSON."]) from error


def with_lookup_rows(raw: Any, read_rows: Callable[[str], list[list[str]]]) -> Any:
    """Put the rows of looked-up files into the mapping, so that it stands on its own."""
    if not isinstance(raw, dict):
        return raw
    group = cast("dict[str, Any]", raw)
    named = group.get("lookups")
    if not isinstance(named, dict):
        return group
    return {**group, "lookups": {name: _with_rows(each, read_rows) for name, each in cast("dict[str, Any]", named).items()}}


def _with_rows(lookup: Any, read_rows: Callable[[str], list[list[str]]]) -> Any:
    if not isinstance(lookup, dict):
        return lookup
    group = cast("dict[str, Any]", lookup)
    file = group.get("file")
    if not isinstance(file, str):
        return group
    return {**{key: value for key, value in group.items() if key != "file"}, "rows": read_rows(file)}


def complete_mapping(raw: Any) -> LeadMapping | AgentMapping:
    """Understand a mapping that must not name files any more. Raises InvalidMapping."""
    mapping = parse_mapping(raw)
    missing = [lookup.name for lookup in mapping.lookups if lookup.rows is None]
    if missing:
        raise InvalidMapping([f"lookups.{name}: files are read by the command line only; give `rows` here." for name in missing])
    return mapping


def written_mapping(raw: Any) -> str:
    """Write a mapping as people would."""
    import yaml  # noqa: PLC0415 -- as above

    return yaml.safe_dump(raw, sort_keys=False, allow_unicode=True, width=120)
