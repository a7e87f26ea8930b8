"""Free text on its way in: controls taken out, length checked."""

from __future__ import annotations

import unicodedata

from domain.refusals import ValidationFailed

_KEPT_CONTROLS = frozenset("\n\t")


def cleaned(text: str) -> str:
    """Take out control characters and surrounding white space; line ends become \\n."""
    # Most texts are all printable, and then there is nothing to look for.
    if text.isprintable():
        return text.strip()
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character for character in unified if character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")
    ).strip()


def several_lines(text: str) -> str:
    """Clean a text that is a few short lines, such as an address: white space within a line becomes one space, blank lines go."""
    lines = (" ".join(line.split()) for line in cleaned(text).split("\n"))
    return "\n".join(line for line in lines if line)


def optional_text(text: str | None, longest: int, *path: str) -> tuple[str | None, tuple[ValidationFailed, ...]]:
    """Clean an optional text; blank counts as none. The second part is the refusal of one that is too long."""
    clean = cleaned(text) if text is not None else ""
    if len(clean) > longest:
        return None, (ValidationFailed(message=f"At most {longest} characters.", path=path),)
    return clean or None, ()
