from risk_register.domain.ids import new_id


def test_ids_are_version_7_and_grow_with_time() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert {(id.version, id.variant) for id in ids} == {(7, "specified in RFC 4122")}
    assert len(set(ids)) == 1_000
    assert [id.int >> 80 for id in ids] == sorted(id.int >> 80 for id in ids)
