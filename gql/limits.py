"""The limits of a GraphQL request, with the defaults that production runs on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Bound what a document may ask for; every value is named in the error that it causes.

    `document_bytes` is UTF-8. `depth` counts fields through fragments, and, apart from them, lists and objects in literals and variables;
    introspection is measured by `introspection_depth`. `fields` counts after expanding fragments, over all operations.
    `rows_per_point` turns the rows that connections may return into points of cost.
    """

    document_bytes: int = 32 * 1024
    tokens: int = 1_000
    depth: int = 12
    introspection_depth: int = 20
    variable_depth: int = 32
    operations: int = 10
    aliases: int = 30
    query_root_fields: int = 20
    mutation_root_fields: int = 10
    fields: int = 1_000
    repeated_key: int = 10
    fragments: int = 50
    directives: int = 50
    variables: int = 100
    filter_terms: int = 50
    cost: int = 1_000
    rows_per_point: int = 5
    page_size: int = 20
    max_page_size: int = 100
    errors: int = 5
    field_errors: int = 100
