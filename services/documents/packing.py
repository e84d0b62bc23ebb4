"""Word packages that are the same bytes whenever they are written."""

import zipfile
from io import BytesIO
from typing import Any, Final

# The first instant a zip can name: a paper's dates stand in its text, not in its container.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def packed(document: Any) -> bytes:
    """The bytes of a document that can ``save``, every member stamped alike."""
    written = BytesIO()
    document.save(written)
    result = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return result.getvalue()
