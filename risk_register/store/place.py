"""What kind of place a file is in: a disk of this computer, a network drive, a folder that a cloud service synchronises."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path, PurePath


class PlaceKind(Enum):
    """The kinds of places, by what can happen to an open file there."""

    local = "this computer"
    network = "a network drive"
    cloud = "a synchronised folder"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a register is. `service` is who synchronises the folder: `OneDrive`."""

    kind: PlaceKind
    service: str = ""

    @property
    def risk(self) -> str:
        """What can go wrong with a register that is written to there, in a sentence; "" for nothing.

        SQLite's own list of how to corrupt a file (sqlite.org/howtocorrupt.html) has both: locks that a network drive
        only pretends to keep, and a file that another program copies or replaces while it is open.
        """
        match self.kind:
            case PlaceKind.cloud:
                return (
                    f"This register is in a folder that {self.service} synchronises, which can damage a file that is "
                    "open or put an older one in its place."
                )
            case PlaceKind.network:
                return (
                    "This register is on a network drive, where one person writes at a time while the others read, "
                    "and where a failing connection can damage it."
                )
            case PlaceKind.local:
                return ""


@dataclass(frozen=True, slots=True)
class Mount:
    """A place in the tree of folders at which something is attached, and the type of file system that it is."""

    point: str
    type: str


def place_of(
    path: PurePath,
    *,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    mounts: Callable[[], Sequence[Mount]] | None = None,
    is_remote: Callable[[str], bool] | None = None,
) -> Place:
    """The place of a file, given by its whole path.

    `mounts` answers what is attached where (asked on Linux and macOS), `is_remote` whether a drive, named by its root, is
    another computer's (asked on Windows). A synchronised folder on a network drive counts as synchronised.
    """
    if service := _service(path, platform, environment):
        return Place(PlaceKind.cloud, service)
    if platform == "win32":
        remote = path.drive.startswith("\\\\") or (is_remote or _is_remote_drive)(path.anchor)
    else:
        remote = _mounted_type(path, mounts() if mounts else _mounts(platform)) in _NETWORK_TYPES
    return Place(PlaceKind.network if remote else PlaceKind.local)


# -- network drives

_NETWORK_TYPES = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs", "9p", "ceph", "lustre",
    "fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2",
}  # fmt: skip
"""Types of file systems that are another computer's.

Those that `df --local` leaves out (gnulib's mountlist.c), those of macOS (mount_smbfs, mount_afp, mount_webdav), and
what is mounted through FUSE: sshfs, rclone, and the drives of GNOME's file manager. 9p is how WSL sees Windows' disks:
locks between the two are not kept there either.
"""


def _mounted_type(path: PurePath, mounts: Sequence[Mount]) -> str:
    """The type of the file system that holds `path`: of the deepest mount above it, and there of the last."""
    above = [mount for mount in mounts if path.is_relative_to(mount.point)]
    return max(reversed(above), key=lambda mount: len(PurePath(mount.point).parts), default=Mount("/", "")).type


def _mounts(platform: str) -> Sequence[Mount]:
    try:
        if platform == "darwin":
            done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5)
            return mac_mounts(done.stdout)
        return linux_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, subprocess.SubprocessError):
        return ()  # where nothing can be found out, nothing is said


def linux_mounts(mountinfo: str) -> list[Mount]:
    """What /proc/self/mountinfo says: the fifth field is the mount point, the first after ` - ` the type (proc(5)).

    Spaces and other signs in a name stand as three octal digits.
    """
    found = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        if len(fields := before.split(" ")) > 4 and after:  # noqa: PLR2004
            point = re.sub(r"\\([0-7]{3})", lambda told: chr(int(told[1], 8)), fields[4])
            found.append(Mount(point, after.split(" ")[0]))
    return found


def mac_mounts(mount: str) -> list[Mount]:
    """What macOS's mount(8) prints: `//me@server/share on /Volumes/share (smbfs, nodev, nosuid)`."""
    return [Mount(told[1], told[2]) for told in re.finditer(r"^.+? on (/.*) \((\w+)[,)]", mount, re.MULTILINE)]


if sys.platform == "win32":
    import ctypes

    def _is_remote_drive(root: str) -> bool:
        """DRIVE_REMOTE is 4 (learn.microsoft.com, GetDriveTypeW); it is what SQLite asks itself before it maps a file."""
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == 4)  # noqa: PLR2004

else:

    def _is_remote_drive(_root: str) -> bool:
        return False


# -- folders that a cloud service synchronises

_NAMED = (
    ("OneDrive", r"onedrive( - .+|-.+)?"),
    ("Dropbox", r"(.+ )?dropbox( \(.+\))?"),
    ("Google Drive", r"google ?drive(-.+)?"),
    ("iCloud Drive", r"iclouddrive"),
)
"""What the services call their folders.

`OneDrive - Contoso` is a firm's (Microsoft: Known Folder Move), `Dropbox (Personal)` and `Contoso Dropbox` are those of
two accounts and of a team, `iCloudDrive` is iCloud's on Windows. On macOS `GoogleDrive-me@example.com`,
`OneDrive-Contoso` and the like stand in ~/Library/CloudStorage (support.google.com/drive/answer/12178485), and iCloud
Drive in ~/Library/Mobile Documents.
"""
_GOOGLE = {"my drive", "shared drives", "other computers"}
"""What Google Drive has at the top of the drive that it makes on Windows, or in one's home where it mirrors."""


def _service(path: PurePath, platform: str, environment: Mapping[str, str]) -> str:
    """Who synchronises the folder of `path`; "" for nobody that is known."""
    for service, root in _told_folders(platform, environment):
        if root and path.is_relative_to(root):
            return service
    folders = path.parts[:-1]
    for service, pattern in _NAMED:
        if any(re.fullmatch(pattern, name, re.IGNORECASE) for name in folders):
            return service
    for above, name in pairwise(folders):
        if (above, name) == ("Library", "Mobile Documents"):
            return "iCloud Drive"
        if above == "CloudStorage":
            return name.partition("-")[0]  # Box-Box, Egnyte-Contoso
    if _is_google(path, platform, environment):
        return "Google Drive"
    if any(_has_sync_database(Path(folder)) for folder in path.parents if folder != folder.parent):
        return "Nextcloud or ownCloud"
    return ""


def _told_folders(platform: str, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The folders that services name themselves, in the environment or in a file.

    OneDrive sets %OneDrive%, and %OneDriveCommercial% and %OneDriveConsumer% where both are in use. Dropbox writes an
    info.json (help.dropbox.com: find the Dropbox folder from a program) in %APPDATA%, %LOCALAPPDATA% or ~/.dropbox.
    """
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        yield "OneDrive", environment.get(name, environment.get(name.upper(), ""))
    where = ("APPDATA", "LOCALAPPDATA") if platform == "win32" else ("HOME",)
    for name in where:
        if folder := environment.get(name):
            told = Path(folder) / ("Dropbox" if platform == "win32" else ".dropbox") / "info.json"
            for root in _dropbox_folders(told):
                yield "Dropbox", root


def _dropbox_folders(info: Path) -> list[str]:
    """The folders of each account: `{"personal": {"path": "/home/me/Dropbox", ...}, "business": ...}`."""
    try:
        accounts = json.loads(info.read_text(encoding="utf-8"))
        return [str(account["path"]) for account in accounts.values()]
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return []


def _is_google(path: PurePath, platform: str, environment: Mapping[str, str]) -> bool:
    if platform != "win32":
        return False
    homes = [type(path)(environment["USERPROFILE"])] if environment.get("USERPROFILE") else []
    tops = [type(path)(path.anchor), *homes]
    return any(
        path.is_relative_to(top) and path.relative_to(top).parts[0].casefold() in _GOOGLE for top in tops if top != path
    )


def _has_sync_database(folder: Path) -> bool:
    """Whether Nextcloud's or ownCloud's client keeps its journal here.

    It is at the top of what is synchronised: `.sync_0123456789ab.db` (help.nextcloud.com/t/244573), `._sync_…` of older
    clients.
    """
    try:
        return any(folder.glob(".sync_*.db")) or any(folder.glob("._sync_*.db"))
    except OSError:
        return False
