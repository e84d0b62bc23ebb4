"""Pictures of the papers (`make papers`): invented examples as LibreOffice prints them. Look at them after a change."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

from PIL import Image

from services.documents.papers import Paper, render
from services.documents.typography import full_width
from tests.papers import examples

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "pictures"
TOOLS: Final = {"soffice": "LibreOffice Writer", "pdftoppm": "poppler's pdftoppm"}
PAPERS: Final[dict[str, Paper]] = {
    "paper-b1": examples.PUBLIC,
    "paper-notice": examples.NOTICE,
    "paper-b2": examples.SHEET,
    "paper-b3": examples.RECORD,
    "paper-b4": examples.SUPERVISION,
    "paper-result": examples.RESULT,
}
DOTS_PER_INCH: Final = 110
GREYS: Final = 16
# Stand-ins for the fonts of Chinese offices on a machine that has free ones only.
FONTS: Final = {
    "Noto Serif CJK SC": ("仿宋", "宋体"),
    "Noto Serif CJK SC:bold": ("方正小标宋简体",),
    "Noto Sans CJK SC": ("黑体",),
    "DejaVu Sans": ("Segoe UI Symbol",),
}


def printed(value: Any) -> Any:
    """A paper with the punctuation of Chinese print throughout."""
    if isinstance(value, str):
        return full_width(value)
    if isinstance(value, tuple):
        return tuple(printed(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: printed(getattr(value, field.name)) for field in fields(value)})
    return value


def font_settings() -> str:
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{wanted}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{font.split(":")[0]}</string></edit>'
        + ('<edit name="weight" mode="assign"><const>bold</const></edit>' if font.endswith(":bold") else "")
        + "</match>"
        for font, names in FONTS.items()
        for wanted in names
    )
    return f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{rules}</fontconfig>'


def draw(name: str, paper: Paper, room: Path) -> Path:
    """The paper's pages side by side as a picture in ``docs/pictures``."""
    (room / f"{name}.docx").write_bytes(render(printed(paper)))
    own = {**os.environ, "XDG_CONFIG_HOME": str(room), "HOME": str(room)}
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(room), str(room / f"{name}.docx")]
    subprocess.run(convert, env=own, check=True, capture_output=True, timeout=180)
    print_pages = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(room / f"{name}.pdf"), str(room / name)]
    subprocess.run(print_pages, check=True, capture_output=True, timeout=60)
    pages = [Image.open(page) for page in sorted(room.glob(f"{name}-*.png"))]
    width, height = pages[0].size
    sheet = Image.new("L", (width * len(pages), height))
    for place, page in enumerate(pages):
        sheet.paste(page.convert("L"), (place * width, 0))
    target = FOLDER / f"{name}.png"
    sheet.quantize(GREYS).save(target, optimize=True)
    return target


def main() -> int:
    missing = [words for tool, words in TOOLS.items() if shutil.which(tool) is None]
    if missing:
        print(f"The pictures of the papers need {' and '.join(missing)}; install that and try again.")
        return 2
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        (room / "fontconfig").mkdir()
        (room / "fontconfig" / "fonts.conf").write_text(font_settings(), encoding="utf-8")
        for name, paper in PAPERS.items():
            drawn = draw(name, paper, room)
            print(f"{drawn.name}: {drawn.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
