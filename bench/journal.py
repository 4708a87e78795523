"""A hub with years of work in it, made in seconds by PostgreSQL itself.

A register of so many risks is imported and shared by the program. Then the edits of later years go straight into the
hub's tables, in plain SQL: edit `n` sets one of four texts of risk `n % risks`, said by one of 200 people, evenly over
five years; its parent is the entry that set that text before, and every hundredth says that it takes another back. Ids
grow with time as the program's do. Heads and rows are what the last of them say. All of it is as if pushed, but for
the hashes, which are of the number alone: no program reckons the hub's chain anew.
"""

from pathlib import Path

from bench.made import filled
from risk_register.hub.synchronise import begin, synchronise
from risk_register.store.register import Register
from tests.hub.server import Server
from tests.hub.sharing import admitted, connected, make_hub

PEOPLE = 200
_MADE = """
CREATE FUNCTION pg_temp.made(what text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(1600000000000 + n * 100000), 12, '0') || '7' || left(md5(what || n), 3) || '8'
        || right(md5(what || n), 15))::uuid
$$;
CREATE TEMP TABLE r AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, (SELECT entry FROM riskreg.head h WHERE h.record = k.id AND field = '+') AS made
    FROM riskreg.risk k;
CREATE UNIQUE INDEX ON r (place);
UPDATE riskreg.edit SET said_at = now() - interval '5 years 1 day';
CREATE TEMP TABLE e AS
    SELECT n, pg_temp.made('edit', n) AS edit, pg_temp.made('entry', n) AS entry, r.id AS record,
        f.field, f.field || ' as said in edit ' || n || ' at the board''s meeting' AS words,
        CASE WHEN n >= 4 * {risks} THEN pg_temp.made('entry', n - 4 * {risks}) ELSE r.made END AS parent
    FROM generate_series(0, {edits} - 1) n JOIN r ON r.place = n % {risks}
    JOIN (VALUES (0, 'title'), (1, 'cause'), (2, 'event'), (3, 'effect')) f (place, field) ON f.place = n / {risks} % 4;
INSERT INTO riskreg.edit (id, label, who, said_at, place, why, undoes, "by", merged)
    SELECT edit, 'Changed ' || field || ' of a risk', 'Person ' || n % {people},
        now() - interval '5 years' * (1 - (n + 1)::float / {edits}), '', '',
        CASE WHEN n % 100 = 0 AND n >= 4 * {risks} THEN pg_temp.made('edit', n - 4 * {risks}) END, 'p' || n % {people}, false
    FROM e;
INSERT INTO riskreg.journal
    SELECT c.seq + n + 1, entry, edit, 'Risk', record, field, json_build_object(field, words)::text, ARRAY[parent], true,
        c.seq + n + 1, sha256(int8send(n))
    FROM e, riskreg.clock c ORDER BY n;
INSERT INTO riskreg.head SELECT DISTINCT ON (record, field) record, field, entry FROM e ORDER BY record, field, n DESC;
UPDATE riskreg.risk k SET title = coalesce(t.title, k.title), cause = coalesce(t.cause, k.cause),
        event = coalesce(t.event, k.event), effect = coalesce(t.effect, k.effect)
    FROM (SELECT record, max(words) FILTER (WHERE field = 'title') AS title, max(words) FILTER (WHERE field = 'cause') AS cause,
            max(words) FILTER (WHERE field = 'event') AS event, max(words) FILTER (WHERE field = 'effect') AS effect
        FROM (SELECT DISTINCT ON (record, field) record, field, words FROM e ORDER BY record, field, n DESC) last GROUP BY record) t
    WHERE t.record = k.id;
UPDATE riskreg.clock SET seq = seq + {edits}, hash = sha256(int8send({edits} - 1));
ANALYZE;
"""


def make(server: Server, folder: Path, risks: int, entries: int) -> str:
    """A hub of so many risks and entries. Returns the URL of an editor."""
    make_hub(server)
    url = admitted(server, "ann")
    with Register.open(filled(folder / "shared.riskreg", risks)) as register, connected(url) as hub:
        begin(hub, lambda work: work(register), url)
        synchronise(hub, lambda work: work(register), "ann")
    there = server.psql("SELECT seq FROM riskreg.clock")[0][0]
    if entries > there:
        server.psql(_MADE.format(risks=risks, edits=entries - there, people=PEOPLE))
    return url
