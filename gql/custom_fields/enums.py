"""The closed sets around custom fields."""

from __future__ import annotations

from domain.custom_fields import CustomFieldType
from gql.enums import describe

__all__ = ["CustomFieldType"]

describe(
    CustomFieldType,
    "What a custom field holds; it never changes.",
    {
        "TEXT": "A text of at most 2,000 characters.",
        "NUMBER": "A number with at most 15 digits before the point and 6 after it.",
        "DATE": "A day of the calendar.",
        "BOOLEAN": "True or false.",
        "SELECT": "One of the field's options.",
        "MULTI_SELECT": "Several of the field's options.",
    },
)
