"""Fifty people edit one register at once: nothing is lost, nobody waits for ever, and how long it takes is told."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from risk_register.store.register import Register
from tests.hub.load import copied, work
from tests.hub.server import Server
from tests.hub.sharing import Copy, admitted, check_all_agree, make_hub
from tests.making import made_in

pytestmark = pytest.mark.xdist_group("postgresql")
PEOPLE = 50
SECONDS = float(os.environ.get("LOAD", "4"))
"""So long they work; `LOAD=60` in the environment lets them work for a minute."""


@pytest.fixture
def url(one_server: Server) -> Iterator[str]:
    make_hub(one_server, "load")
    yield admitted(one_server, "ann", database="load")
    one_server.psql("DROP DATABASE load WITH (FORCE)", database="postgres")


def test_fifty_people_edit_at_once_and_nothing_is_lost(one_server: Server, url: str, folder: Path) -> None:
    with Register.create(folder / "shared.riskreg", who="ann") as register:
        made_in(register)
        ann = Copy("ann", register, url)
        for number in range(48):
            ann.raise_risk(f"Risk {number}")
        ann.begin()
        ann.synchronise()
    paths = copied(register.path, folder, PEOPLE)
    load = work(paths, url, SECONDS, pause=1)
    assert load.failed == []
    sys.stdout.write(f"{len(load.took):,} in {SECONDS:g} s; half {load.p(50):.0f} ms, p95 {load.p(95):.0f} ms\n")
    assert one_server.psql("SELECT sum(deadlocks) FROM pg_stat_database", database="load") == [(0,)]
    some = [Copy(path.stem, Register.open(path, who=path.stem), url) for path in paths[:: PEOPLE // 5]]
    try:
        check_all_agree(one_server, some, load.saved, database="load")
    finally:
        for copy in some:
            copy.register.close()
