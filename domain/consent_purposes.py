"""What a contact is for: consent is given for a purpose, never at large."""

from __future__ import annotations

from enum import StrEnum


class ConsentPurpose(StrEnum):
    """Why a lead is contacted."""

    MARKETING = "MARKETING"
    SALES = "SALES"
    SERVICE = "SERVICE"
