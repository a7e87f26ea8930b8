"""The closed sets of imports, described."""

from __future__ import annotations

from domain.imports import ImportRejection, ImportStatus, RowVerdict
from gql.enums import describe

describe(
    ImportStatus,
    "Where an import stands.",
    {
        "AWAITING_UPLOAD": "The file has not arrived.",
        "UPLOADED": "The file is here, and nothing of it has been applied.",
        "QUEUED": "It will be applied as soon as a process is free.",
        "RUNNING": "Rows are being applied.",
        "FINISHED": "Every row was applied or left out with a reason.",
        "FAILED": "It ended early; the message says why. The rows that are counted as done stay applied.",
    },
)
describe(
    RowVerdict,
    "What a row of the file comes to.",
    {
        "CREATE": "A new lead.",
        "UPDATE": "A change of a lead that is there.",
        "UNCHANGED": "Nothing: the lead says the same already.",
        "DUPLICATE": "Nothing: an earlier row is about the same lead, or another lead has the address.",
        "ERROR": "Nothing: something in the row is wrong.",
    },
)
describe(
    ImportRejection,
    "Why a file or its mapping cannot be imported.",
    {
        "TOO_LARGE": "More than 10 MiB; larger files go in by the command line.",
        "TOO_MANY_ROWS": "More than 100,000 rows; larger files go in by the command line.",
        "TOO_MANY_COLUMNS": "More than 100 columns.",
        "NOT_TEXT": "An archive, a workbook or another kind of file, whatever its name says.",
        "ENCODING": "The text's encoding is not known, or is not the same throughout.",
        "EMPTY": "No rows.",
        "HEADER": "Columns without a name, with the same name, or missing ones that the mapping reads.",
        "MALFORMED": "Quotes that do not fit together, or one that is never closed.",
        "NO_KEY_COLUMN": "Nothing is mapped by which leads are told apart.",
        "MAPPING": "The mapping is missing, or something in it is wrong.",
        "WRONG_STATE": "The import is not where this step needs it to be.",
    },
)
