import os
from pathlib import Path

import pytest

from risk_register.domain.errors import Refused
from risk_register.places import typed_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("send", "folder/send.riskreg"),
        ("send.riskreg", "folder/send.riskreg"),
        ("send.RISKREG", "folder/send.RISKREG"),
        (" send v1.2 ", "folder/send v1.2.riskreg"),
        ("below/send", "folder/below/send.riskreg"),
        ("../send", "folder/../send.riskreg"),
        ("~/send", "home/send.riskreg"),
    ],
)
def test_what_is_typed_is_a_file_in_the_folder_shown_with_its_suffix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, meant: str
) -> None:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    assert typed_path(typed, tmp_path / "folder", ".riskreg") == tmp_path / meant


def test_a_whole_path_is_taken_as_it_is(tmp_path: Path) -> None:
    assert typed_path(str(tmp_path / "a" / "b.docx"), Path("elsewhere"), ".docx") == tmp_path / "a" / "b.docx"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Give the file a name."),
        ("  ", "Give the file a name."),
        ("a\0b", "no name can hold"),
        ("a\nb", "no name can hold"),
        ("/", "is a folder. Add the name"),
        (".", "is a folder. Add the name"),
        ("..", "is a folder. Add the name"),
        ("new/", "is a folder. Add the name"),
        ("there", "is a folder. Add the name"),
        ("other", "other.docx is a folder. Give the file another name"),
        ("x" * 300, "is too long. Give a shorter one"),
        ("x" * 220, "is too long. Give a shorter one"),
        ("é" * 110, "is too long. Give a shorter one"),
    ],
)
def test_what_can_be_no_file_is_refused_with_what_to_do(tmp_path: Path, typed: str, sentence: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "other.docx").mkdir()
    with pytest.raises(Refused) as caught:
        typed_path(typed, tmp_path, ".docx")
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.skipif(os.name != "posix", reason="names and homes are others elsewhere")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("~nosuch/x", "“~nosuch” is nobody's home"),
        ("x" * 300 + "/y", "can't be used: File name too long"),
        ("a\ud800b", "can't be used: it is no name"),
    ],
)
def test_what_the_system_has_no_name_for_is_refused_too(tmp_path: Path, typed: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        typed_path(typed, tmp_path, ".docx")
