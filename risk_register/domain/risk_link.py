"""How one risk bears on another."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar
from uuid import UUID

from risk_register.domain.record import Record, other, refers


class LinkKind(Enum):
    """What the first risk does to the other."""

    causes = "causes"
    worsens = "makes worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLink(Record):
    """If `risk` happens, it causes `affected` or makes it worse."""

    called: ClassVar[str] = "link between risks"

    risk: UUID = refers("Risk", required=True)
    affected: UUID = refers("Risk", "Affected risk", required=True)
    kind: LinkKind = other("Kind", LinkKind.causes)
