"""Opening a piece of evidence in the program that reads it: never running what it leads to."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from risk_register.domain.errors import Refused
from risk_register.domain.rules.plan import check_link

_READ = frozenset(
    f".{ending}"
    for ending in (
        *("pdf", "docx", "doc", "odt", "rtf", "txt", "md", "eml", "msg"),
        *("xlsx", "xls", "ods", "csv", "pptx", "ppt", "odp", "vsdx"),
        *("png", "jpg", "jpeg", "gif", "tif", "tiff", "webp", "mp3", "mp4"),
    )
)
"""What is read, seen or heard. All else could be a program, or start one."""


def target(link: str) -> QUrl:
    """What a link leads to. Raises Refused where there is nothing, or something that could run.

    A share that can't be reached takes its time to say so: ask on another thread than the window's.
    """
    check_link(link)
    if link.lower().startswith(("http://", "https://")):
        found = QUrl(link, QUrl.ParsingMode.TolerantMode)
        if not found.isValid() or not found.host():
            raise Refused(f"“{link:.60}” is no address. Copy it from the browser once more.", field="link", value=link)
        return found
    path = Path(link)
    if not path.is_absolute():
        raise Refused(
            f"“{link:.60}” says not where it is. Give the whole path, with its drive or share, or an address that begins "
            "with https://.",
            field="link",
            value=link,
        )
    try:
        there, folder = path.exists(), path.is_dir()
        kinds = {path.suffix.lower(), path.resolve().suffix.lower()}
    except OSError:
        there, folder, kinds = False, False, set()
    if not there:
        raise Refused(
            f"{link:.200} is not there, or can't be reached from this computer. Was it moved or renamed?",
            field="link",
            value=link,
        )
    # A folder with an ending can be a program on macOS.
    if kinds - (frozenset({""}) if folder else _READ):
        raise Refused(
            f"{path.name:.60} is of a kind that could run as a program, so it is not opened from here. Open it yourself, "
            "if you know whose it is.",
            field="link",
            value=link,
        )
    return QUrl.fromLocalFile(str(path))


def open_url(url: QUrl) -> None:
    """Open what a link leads to. Raises Refused where no program does."""
    if not QDesktopServices.openUrl(url):
        raise Refused(f"This computer has no program that opens {url.toDisplayString():.200}.")
