"""Say in our words what parsing, validation and coercion found, without repeating what was sent.

Names of GraphQL syntax (fields, arguments, variables) may be repeated, as far as they are at most 64 letters, digits and underscores;
values never are.
"""

import re
from collections.abc import Callable, Iterable
from re import Match

from graphql import GraphQLError, GraphQLSyntaxError

from gql.errors import ErrorCode, PublicError, TopLevelError, locations_of

_NAME = r"([_A-Za-z][_0-9A-Za-z]{0,63})"
_TYPE = r"([\[\]!_0-9A-Za-z]{1,80})"

_Writer = Callable[[Match[str]], str]


def _rule(pattern: str, text: str | _Writer) -> tuple[re.Pattern[str], _Writer]:
    def fixed(match: Match[str]) -> str:
        return str(text).format(*match.groups())

    return re.compile(pattern, re.DOTALL), fixed if isinstance(text, str) else text


_VALIDATION = (
    _rule(rf"Cannot query field '{_NAME}' on type '{_TYPE}'", "Cannot query field `{0}` on type `{1}`."),
    _rule(rf"Cannot query field '.*' on type '{_TYPE}'", "Cannot query an unknown field on type `{0}`."),
    _rule(rf"Unknown argument '{_NAME}' on field '{_NAME}\.{_NAME}'", "Unknown argument `{0}` on field `{1}.{2}`."),
    _rule(r"Unknown argument '.*' on directive", "Unknown argument on a directive."),
    _rule(r"Unknown argument", "Unknown argument."),
    _rule(r"Unknown directive", "Unknown directive."),
    _rule(r"Unknown fragment", "Unknown fragment."),
    _rule(r"Unknown type", "Unknown type."),
    _rule(r"Directive '.*' may not be used on", "A directive is not allowed here."),
    _rule(r"The directive '.*' can only be used once", "A directive is used twice in one place."),
    _rule(rf"Field '{_NAME}' must not have a selection since type '{_TYPE}'", "Field `{0}` of type `{1}` has no subfields to select."),
    _rule(rf"Field '{_NAME}' of type '{_TYPE}' must have", "Field `{0}` of type `{1}` needs a selection of subfields."),
    _rule(rf"Argument '{_NAME}\.{_NAME}\({_NAME}:\)' of type '{_TYPE}' is required", "Field `{0}.{1}` requires the argument `{2}: {3}`."),
    _rule(r"Argument '@.*' of type '.*' is required", "A directive lacks a required argument."),
    _rule(rf"Variable '\${_NAME}' is not defined", "Variable `${0}` is not defined."),
    _rule(rf"Variable '\${_NAME}' is never used", "Variable `${0}` is never used."),
    _rule(rf"There can be only one variable named '\${_NAME}'", "Variable `${0}` is defined twice."),
    _rule(
        rf"Variable '\${_NAME}' of type '{_TYPE}' used in position expecting type '{_TYPE}'",
        "Variable `${0}` of type `{1}` is used where `{2}` is expected.",
    ),
    _rule(rf"Variable '\${_NAME}' cannot be non-input type", "Variable `${0}` has a type that is no input type."),
    _rule(rf"Fields '{_NAME}' conflict", "Fields `{0}` conflict: same name, different fields or arguments. Use aliases."),
    _rule(r"Fields '.*' conflict", "Fields conflict: same name, different fields or arguments. Use aliases."),
    _rule(r"Fragment '.*' is never used", "A fragment is never used."),
    _rule(r"(Fragment|Fragment '.*') cannot be spread here", "A fragment is spread on a type that it can never match."),
    _rule(r"Fragment.* cannot condition on non composite type", "A fragment is defined on a type without fields."),
    _rule(r"Cannot spread fragment '.*' within itself", "A fragment spreads itself."),
    _rule(r"This anonymous operation must be the only defined operation", "An anonymous operation must be the only operation."),
    _rule(r"There can be only one (operation|fragment|argument|input field) named", "There can be only one {0} of a name."),
    _rule(r"The .* operation is not supported by the schema", "The schema has no operations of this type."),
    _rule(r"Maximum introspection depth exceeded", "Introspection is nested too deeply."),
    _rule(r".*ubscription.* must (not )?(use|select)", "A subscription must select exactly one field, without `@skip` or `@include`."),
    _rule(rf"(?:.*: )?Expected value of type '{_TYPE}'(?: to be an object)", "Expected an object of type `{0}`."),
    _rule(rf"(?:.*: )?Expected value of type '{_TYPE}' to include required field '{_NAME}'", "`{0}` requires the field `{1}`."),
    _rule(rf"(?:.*: )?Expected value of type '{_TYPE}' not to include unknown field '{_NAME}'", "`{0}` has no field `{1}`."),
    _rule(rf"(?:.*: )?Expected value of (?:non-null )?type '{_TYPE}'", "Expected a value of type `{0}`."),
    _rule(rf"(?:.*: )?Expected a value of non-null type '{_TYPE}' to be provided", "A value of type `{0}` is required."),
    _rule(rf"(?:.*: )?Enum '{_NAME}' cannot represent", "Expected a value of the enum `{0}`."),
    _rule(rf"(?:.*: )?Value '.*' does not exist in '{_NAME}' enum", "Expected a value of the enum `{0}`."),
    _rule(rf"(?:.*: )?{_NAME} cannot represent", "Expected a value of type `{0}`."),
    _rule(rf"(?:.*: )?.*exactly one key.*'{_TYPE}'", "`{0}` takes exactly one of its fields."),
    _rule(rf"(?:.*: )?Within OneOf Input Object type '{_TYPE}'", "`{0}` takes exactly one of its fields."),
    _rule(r".*nested too deeply", "The document is nested too deeply."),
)

_VARIABLE = re.compile(rf"Variable '\${_NAME}' has invalid (default )?value(?: at (['\".\[\]_0-9A-Za-z]{{1,100}}))?: (.*)", re.DOTALL)
_ARGUMENT = re.compile(rf"Argument '{_NAME}' (?:has invalid value|of required type|of non-null type)", re.DOTALL)

_LEXEMES = r"(<SOF>|<EOF>|Name|Int|Float|String|BlockString|'?[!$&()\[\]{}:=@|.]{1,3}'?)"
_EXPECTED = re.compile(rf"Syntax Error: Expected {_LEXEMES}, found {_LEXEMES}")
_UNEXPECTED = re.compile(rf"Syntax Error: Unexpected {_LEXEMES}")


def _first(message: str) -> str | None:
    for pattern, write in _VALIDATION:
        if match := pattern.match(message):
            return write(match)
    return None


def syntax_error(error: GraphQLSyntaxError) -> TopLevelError:
    """Tell where a document breaks, and which kinds of token were expected and found."""
    if match := _EXPECTED.match(error.message):
        text = f"Syntax error: expected {match[1]}, found {match[2]}."
    elif match := _UNEXPECTED.match(error.message):
        text = f"Syntax error: unexpected {match[1]}."
    else:
        text = "Syntax error."
    return TopLevelError(ErrorCode.GRAPHQL_PARSE_FAILED, text.replace("'", "`"), locations_of(error))


def validation_errors(errors: Iterable[GraphQLError], at_most: int) -> tuple[TopLevelError, ...]:
    """Translate validation's findings, each message once, at most so many."""
    found: dict[str, TopLevelError] = {}
    for error in errors:
        message = _public_message(error) or _first(error.message) or "The document is not valid against the schema."
        found.setdefault(message, TopLevelError(ErrorCode.GRAPHQL_VALIDATION_FAILED, message, locations_of(error)))
    return tuple(found.values())[:at_most]


def variable_errors(errors: Iterable[GraphQLError], at_most: int) -> tuple[TopLevelError, ...]:
    """Translate what coercing variables found; a scalar's own words are kept when it raised a `PublicError`."""
    found: dict[str, TopLevelError] = {}
    for error in errors:
        match = _VARIABLE.match(error.message)
        if match is None:
            message = "A variable has a value that does not fit its type."
        else:
            place = (match[3] or "").strip("'.")
            where = f" at `{place}`" if place else ""
            what = _public_message(error) or _first(match[4]) or "The value does not fit its type."
            message = f"Variable `${match[1]}`{where}: {what}"
        found.setdefault(message, TopLevelError(ErrorCode.BAD_USER_INPUT, message, locations_of(error)))
    return tuple(found.values())[:at_most]


def argument_error(error: GraphQLError) -> TopLevelError | None:
    """Recognise a field's error that comes from the value of an argument, which only execution could see."""
    raised = error.original_error or error
    if isinstance(raised, GraphQLError) and (match := _ARGUMENT.match(raised.message)):
        return TopLevelError(ErrorCode.BAD_USER_INPUT, f"Argument `{match[1]}` has a value that does not fit its type.")
    return None


def _public_message(error: GraphQLError) -> str | None:
    cause: BaseException | None = error
    for _ in range(5):
        if isinstance(cause, PublicError):
            return cause.message
        cause = (cause.original_error or cause.__cause__) if isinstance(cause, GraphQLError) else None
    return None
