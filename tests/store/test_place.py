"""Places of every platform, told from paths on whichever this is."""

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from risk_register.store.place import Place, PlaceKind, linux_mounts, mac_mounts, place_of

LOCAL, NETWORK = Place(PlaceKind.local), Place(PlaceKind.network)
ONEDRIVE, DROPBOX = Place(PlaceKind.cloud, "OneDrive"), Place(PlaceKind.cloud, "Dropbox")
GOOGLE, ICLOUD = Place(PlaceKind.cloud, "Google Drive"), Place(PlaceKind.cloud, "iCloud Drive")

LINUX = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /proc rw,nosuid - proc proc rw
40 22 0:41 / /mnt/council rw shared:9 - nfs4 nas:/council rw,vers=4.2
41 22 0:42 / /mnt/S\040drive rw - cifs //files/send rw,vers=3.0
42 40 8:1 / /mnt/council/usb rw - vfat /dev/sda1 rw
43 22 0:43 / /mnt/other rw master:3 propagate_from:2 - fuse.sshfs me@host:/srv rw
44 22 0:44 / /mnt/twice rw - ext4 /dev/vdb rw
45 44 0:45 / /mnt/twice rw - smb3 //files/twice rw
46 22 0:46 / /mnt/c rw - 9p C:\134 rw
47 22 0:47 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
cut off
"""
MAC = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//me@files._smb._tcp.local/send on /Volumes/SEND (shared) (smbfs, nodev, nosuid, mounted by me)
//me@old/afp on /Volumes/Old (afpfs, nodev, nosuid)
nas:/srv on /Volumes/NAS (nfs)
/dev/disk5s1 on /Volumes/Stick (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/me/r.riskreg", LOCAL),
        ("/mnt/council/r.riskreg", NETWORK),
        ("/mnt/councillor/r.riskreg", LOCAL),
        ("/mnt/council/usb/r.riskreg", LOCAL),
        ("/mnt/S drive/send/r.riskreg", NETWORK),
        ("/mnt/other/r.riskreg", NETWORK),
        ("/mnt/twice/r.riskreg", NETWORK),
        ("/mnt/c/Users/me/r.riskreg", NETWORK),
        ("/run/user/1000/gvfs/smb-share:server=files/r.riskreg", NETWORK),
        ("/home/me/Dropbox/r.riskreg", DROPBOX),
        ("/home/me/Dropbox (Personal)/send/r.riskreg", DROPBOX),
        ("/home/me/OneDrive/r.riskreg", ONEDRIVE),
        ("/home/me/Dropbox", LOCAL),
        ("/home/me/Dropboxes/r.riskreg", LOCAL),
        ("/mnt/council/OneDrive/r.riskreg", ONEDRIVE),
    ],
)
def test_a_path_on_linux_is_in_the_place_that_its_mount_and_folders_say(path: str, expected: Place) -> None:
    place = place_of(PurePosixPath(path), platform="linux", environment={}, mounts=lambda: linux_mounts(LINUX))
    assert place == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/Users/me/Library/Application Support/Risk Register/Registers/r.riskreg", LOCAL),
        ("/Users/me/Documents/r.riskreg", LOCAL),
        ("/Volumes/Stick/r.riskreg", LOCAL),
        ("/Volumes/SEND (shared)/r.riskreg", NETWORK),
        ("/Volumes/Old/r.riskreg", NETWORK),
        ("/Volumes/NAS/r.riskreg", NETWORK),
        ("/Users/me/Library/Mobile Documents/com~apple~CloudDocs/r.riskreg", ICLOUD),
        ("/Users/me/Library/CloudStorage/GoogleDrive-me@example.com/My Drive/r.riskreg", GOOGLE),
        ("/Users/me/Library/CloudStorage/OneDrive-Contoso/r.riskreg", ONEDRIVE),
        ("/Users/me/Library/CloudStorage/Dropbox/r.riskreg", DROPBOX),
        ("/Users/me/Library/CloudStorage/Box-Box/r.riskreg", Place(PlaceKind.cloud, "Box")),
        ("/Users/me/Library/CloudStorage/Egnyte-Contoso/r.riskreg", Place(PlaceKind.cloud, "Egnyte")),
    ],
)
def test_a_path_on_macos_is_in_the_place_that_its_mount_and_folders_say(path: str, expected: Place) -> None:
    place = place_of(PurePosixPath(path), platform="darwin", environment={}, mounts=lambda: mac_mounts(MAC))
    assert place == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\Users\me\AppData\Local\Risk Register\Registers\r.riskreg", LOCAL),
        (r"D:\r.riskreg", LOCAL),
        (r"Z:\send\r.riskreg", NETWORK),
        (r"\\files\send\r.riskreg", NETWORK),
        (r"\\?\UNC\files\send\r.riskreg", NETWORK),
        (r"C:\Users\me\OneDrive\r.riskreg", ONEDRIVE),
        (r"C:\Users\me\OneDrive - Southend Council\Documents\r.riskreg", ONEDRIVE),
        (r"D:\Synchronised\Documents\r.riskreg", ONEDRIVE),
        (r"d:\synchronised\r.riskreg", ONEDRIVE),
        (r"E:\Private\r.riskreg", ONEDRIVE),
        (r"C:\Users\me\Contoso Dropbox\Me\r.riskreg", DROPBOX),
        (r"C:\Users\me\iCloudDrive\r.riskreg", ICLOUD),
        (r"G:\My Drive\r.riskreg", GOOGLE),
        (r"G:\Shared drives\SEND\r.riskreg", GOOGLE),
        (r"C:\Users\me\My Drive\r.riskreg", GOOGLE),
        (r"C:\Work\My Drive\r.riskreg", LOCAL),
        (r"C:\Users\me\Documents\r.riskreg", LOCAL),
    ],
)
def test_a_path_on_windows_is_in_the_place_that_its_drive_folders_and_environment_say(
    path: str, expected: Place
) -> None:
    place = place_of(
        PureWindowsPath(path),
        platform="win32",
        environment={
            "USERPROFILE": r"C:\Users\me",
            "OneDriveCommercial": r"D:\Synchronised",
            "ONEDRIVECONSUMER": r"E:\Private",
        },
        is_remote=lambda root: root == "Z:\\",
    )
    assert place == expected


@pytest.mark.parametrize(
    ("platform", "variable", "folder", "path"),
    [
        ("linux", "HOME", ".dropbox", PurePosixPath("/data/box/r.riskreg")),
        ("darwin", "HOME", ".dropbox", PurePosixPath("/Users/me/work/r.riskreg")),
        ("win32", "APPDATA", "Dropbox", PureWindowsPath(r"D:\Team\r.riskreg")),
        ("win32", "LOCALAPPDATA", "Dropbox", PureWindowsPath(r"D:\Team\r.riskreg")),
    ],
)
def test_dropbox_is_found_wherever_its_own_file_says_that_it_is(
    tmp_path: Path, platform: str, variable: str, folder: str, path: PurePath
) -> None:
    def place() -> Place:
        return place_of(path, platform=platform, environment={variable: str(tmp_path)}, mounts=list)

    assert place() == LOCAL
    (tmp_path / folder).mkdir()
    told = tmp_path / folder / "info.json"
    for nonsense in ("", "[]", '{"personal": 1}', '{"personal": {}}'):
        told.write_text(nonsense)
        assert place() == LOCAL
    told.write_text(json.dumps({"personal": {"path": "/nowhere"}, "business": {"path": str(path.parent)}}))
    assert place() == DROPBOX


@pytest.mark.parametrize("name", [".sync_0123456789ab.db", "._sync_0123456789ab.db"])
def test_a_folder_below_nextclouds_own_database_is_synchronised(tmp_path: Path, name: str) -> None:
    (tmp_path / "cloud" / "work").mkdir(parents=True)
    register = tmp_path / "cloud" / "work" / "r.riskreg"
    assert place_of(register, environment={}, mounts=list) == LOCAL
    (tmp_path / "cloud" / name).touch()
    assert place_of(register, environment={}, mounts=list).service == "Nextcloud or ownCloud"
    assert place_of(tmp_path / "r.riskreg", environment={}, mounts=list) == LOCAL


def test_what_can_go_wrong_is_one_sentence_and_nothing_is_said_of_this_computer(tmp_path: Path) -> None:
    assert place_of(tmp_path / "r.riskreg").risk == "", "asked of the computer that this is"
    assert "OneDrive synchronises" in ONEDRIVE.risk
    assert "one person writes at a time while the others read" in NETWORK.risk
    for place in (ONEDRIVE, NETWORK):
        assert place.risk.count(".") == 1
