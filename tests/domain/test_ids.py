import threading
from typing import TYPE_CHECKING

from risk_register.domain.ids import new_id

if TYPE_CHECKING:
    from uuid import UUID


def test_ids_are_version_7_and_each_greater_than_the_one_before() -> None:
    ids = [new_id() for _ in range(5_000)]
    assert {(id.version, id.variant) for id in ids} == {(7, "specified in RFC 4122")}
    assert ids == sorted(set(ids))


def test_no_two_threads_are_given_the_same_id() -> None:
    found: list[list[UUID]] = []

    def make() -> None:
        found.append([new_id() for _ in range(2_000)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id for ids in found for id in ids}) == 8_000
