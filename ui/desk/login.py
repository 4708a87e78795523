"""What a person types of a hub: where it is and who they are there."""

from dataclasses import dataclass

from risk_register.domain.errors import Refused
from risk_register.hub.address import SAFE, SYSTEM, Address


@dataclass(frozen=True, slots=True)
class Login:
    """A form's answers. `server` is as in a URL: `db.example.org` or `db1:5433,db2:5433`."""

    server: str = ""
    database: str = ""
    user: str = ""
    password: str = ""
    sslmode: str = SAFE
    sslrootcert: str = ""
    remember: bool = True

    @classmethod
    def read(cls, url: str) -> "Login":
        """The answers that a URL gives. Raises Refused where it can't be read."""
        address, password = Address.read(url)
        authority = "" if address.sslrootcert == SYSTEM else address.sslrootcert
        return cls(address.server, address.database, address.user, password, address.sslmode, authority)

    @classmethod
    def kept(cls, url: str) -> "Login":
        """The answers that a register keeps. One that can't be read is all of it in the server's place, to be mended."""
        try:
            return cls.read(url)
        except Refused:
            return cls(server=url)

    @property
    def address(self) -> Address:
        """Where that is. Raises Refused, with the field, where it could not be."""
        return Address.given(
            self.server, self.database, self.user, sslmode=self.sslmode, sslrootcert=self.sslrootcert or SYSTEM
        )
