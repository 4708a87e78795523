import os
import stat
from pathlib import Path

import pytest

from risk_register.domain.errors import Unreachable
from risk_register.reports.files import OpenElsewhere, free_name, safe_name, write_whole


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "board.docx"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) & 0o044, "others may read it as any new file"


def test_a_document_open_in_word_is_left_alone_and_another_name_offered(tmp_path: Path) -> None:
    path = tmp_path / "board.docx"
    path.write_bytes(b"open")
    (tmp_path / "~$ard.docx").write_bytes(b"Word's own mark")
    with pytest.raises(OpenElsewhere, match=r"board \(2\).docx") as caught:
        write_whole(path, b"new")
    assert path.read_bytes() == b"open"
    assert caught.value.free == tmp_path / "board (2).docx"
    write_whole(caught.value.free, b"new")
    assert free_name(path) == tmp_path / "board (3).docx"


def test_a_place_that_can_not_be_written_gets_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unreachable, match="another folder"):
        write_whole(tmp_path / "file" / "board.docx", b"x")
    folder = tmp_path / "board.docx"
    folder.mkdir()
    with pytest.raises(Unreachable):
        write_whole(folder, b"x")
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Risk summary: HWBB 24/11/2026", "Risk summary HWBB 24 11 2026.docx"),
        ("CON", "Report CON.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ("...", "Report.docx"),
        ("x" * 300, "x" * 115 + ".docx"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert safe_name(title, ".docx") == name
