-- What the hub does by itself. Everything is owned by riskreg_owner, who can't log in; nobody may write to a table:
-- a program, ours or one written by hand, gets no further than these functions.

CREATE TABLE riskreg.clock (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    seq bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    turned bigint NOT NULL DEFAULT 0,
    version integer NOT NULL
);
COMMENT ON TABLE riskreg.clock IS 'One row, locked by whoever writes: it orders all commits. Sequences do not.';
COMMENT ON COLUMN riskreg.clock.turned IS 'The last number at which a record was hidden from readers, or shown to them again.';

CREATE TABLE riskreg.edit (
    id uuid PRIMARY KEY,
    label text NOT NULL,
    who text NOT NULL,
    said_at timestamptz NOT NULL CHECK (said_at BETWEEN '1900-01-01' AND '2200-01-01'),
    place text NOT NULL,
    why text NOT NULL,
    undoes uuid,
    "by" text NOT NULL,
    merged boolean NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN riskreg.edit.who IS 'What its author said; "by" is the login that sent it.';

CREATE TABLE riskreg.journal (
    seq bigint PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    edit uuid NOT NULL REFERENCES riskreg.edit,
    kind text NOT NULL,
    record uuid NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    parents uuid[] NOT NULL,
    holds boolean NOT NULL,
    batch bigint NOT NULL,
    hash bytea NOT NULL
);
CREATE INDEX journal_record ON riskreg.journal (record, seq);
CREATE INDEX journal_edit ON riskreg.journal (edit);
CREATE INDEX journal_batch ON riskreg.journal (batch);
COMMENT ON TABLE riskreg.journal IS 'Every change, in the order in which it holds. Nobody may alter or remove an entry.';

CREATE TABLE riskreg.head (
    record uuid NOT NULL,
    field text NOT NULL,
    entry uuid NOT NULL REFERENCES riskreg.journal (id),
    PRIMARY KEY (record, field)
);
COMMENT ON TABLE riskreg.head IS 'The entry that set what stands: + for a new record, - for a removed one.';

CREATE TABLE riskreg.conflict (
    entry uuid PRIMARY KEY REFERENCES riskreg.journal (id),
    resolution uuid
);
COMMENT ON TABLE riskreg.conflict IS 'The entries that do not stand. Open until an edit that stands settles them.';

CREATE TABLE riskreg.record (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    restricted boolean NOT NULL,
    under uuid[] NOT NULL,
    hidden boolean NOT NULL
);
CREATE INDEX record_under ON riskreg.record USING gin (under);
CREATE INDEX record_hidden ON riskreg.record (id) WHERE hidden;
COMMENT ON TABLE riskreg.record IS 'How a record is marked, the risk, action or decision that it hangs on, and what follows: whether readers see it.';

-- Views ask with the rights of their owner: so policies can tell who sees what, and nobody can ask about a hidden id.
CREATE VIEW riskreg.seen AS SELECT id FROM riskreg.record WHERE NOT hidden;
COMMENT ON VIEW riskreg.seen IS 'The records that readers see.';

CREATE VIEW riskreg.seen_edit AS
SELECT e.id FROM riskreg.edit e
WHERE EXISTS (SELECT FROM riskreg.journal j WHERE j.edit = e.id) AND NOT EXISTS (
    SELECT FROM riskreg.journal j JOIN riskreg.record r ON r.id = j.record WHERE j.edit = e.id AND r.hidden
);
COMMENT ON VIEW riskreg.seen_edit IS 'The edits of which readers see everything. What the others say may tell of what is hidden.';

CREATE TABLE riskreg.merge_group (
    kind text NOT NULL,
    field text NOT NULL,
    relation text NOT NULL,
    columns jsonb NOT NULL,
    defaults jsonb NOT NULL,
    PRIMARY KEY (kind, field)
);
COMMENT ON TABLE riskreg.merge_group IS 'Which columns of which table an entry of a kind and field may set, and what each may hold.';

CREATE TABLE riskreg.member (
    login text PRIMARY KEY,
    person uuid
);
COMMENT ON TABLE riskreg.member IS 'Which person of the register a contributor is: theirs are the actions that they own.';

CREATE TABLE riskreg.presence (
    login text NOT NULL,
    session integer NOT NULL,
    who text NOT NULL,
    record uuid,
    seen timestamptz NOT NULL,
    PRIMARY KEY (login, session)
);
COMMENT ON TABLE riskreg.presence IS 'Who is here, and at which record.';

-- Who may what

-- What may be called has a search_path of its own: with its caller's, a function of theirs could answer for pg_has_role.

CREATE FUNCTION riskreg.is_a(role text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = riskreg, pg_temp AS $$
    SELECT pg_has_role(session_user, 'riskreg_' || role, 'member')
$$;

CREATE FUNCTION riskreg.sees_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
    SELECT is_a('editor') OR is_a('administrator')
$$;

CREATE FUNCTION riskreg.is_hidden(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = riskreg, pg_temp AS $$
    -- What is restricted, what hangs on what is hidden, an action all of whose risks are; what is removed stays as it was.
    SELECT r.restricted OR EXISTS (SELECT FROM record o WHERE o.id = ANY (r.under) AND o.hidden)
        OR coalesce((SELECT bool_and(o.hidden) FROM mitigation m JOIN record o ON o.id = m.risk WHERE m.action = r.id), false)
        OR (r.hidden AND EXISTS (SELECT FROM head h WHERE h.record = r.id AND h.field = '-'))
    FROM record r WHERE r.id = wanted
$$;

CREATE FUNCTION riskreg.hide(first bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = riskreg, pg_temp AS $$
DECLARE
    touched uuid[] := ARRAY(
        SELECT j.record FROM journal j WHERE j.seq >= first
        UNION SELECT (j.value::jsonb ->> 'action')::uuid FROM journal j WHERE j.kind = 'Mitigation' AND j.field <> '-'
            AND j.record IN (SELECT now.record FROM journal now WHERE now.seq >= first AND now.kind = 'Mitigation')
    );
    turned uuid[];
    known boolean := false;
BEGIN
    -- What follows from the entries from a number on. Returns whether that hides, or shows, what was there before.
    LOOP
        WITH turn AS (
            UPDATE record SET hidden = NOT hidden WHERE id = ANY (touched) AND hidden <> is_hidden(id) RETURNING id
        )
        SELECT array_agg(id) INTO turned FROM turn;
        IF turned IS NULL THEN
            RETURN known;
        END IF;
        known := known OR EXISTS (SELECT FROM journal j WHERE j.record = ANY (turned) AND j.seq < first);
        touched := ARRAY(
            SELECT r.id FROM record r WHERE r.under && turned
            UNION SELECT m.action FROM mitigation m WHERE m.risk = ANY (turned)
        );
    END LOOP;
END $$;

CREATE FUNCTION riskreg.contributes(given jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = riskreg, pg_temp AS $$
DECLARE
    me uuid := (SELECT person FROM member WHERE login = session_user);
    own uuid;
BEGIN
    -- A contributor changes how an action of their own goes, and adds updates to it.
    IF me IS NULL THEN
        RETURN false;
    END IF;
    IF given ->> 'kind' = 'Update' AND given ->> 'field' = '+' THEN
        own := (((given ->> 'value')::jsonb) ->> 'action')::uuid;
        IF EXISTS (SELECT FROM record r WHERE r.id = (given ->> 'record')::uuid) THEN
            RETURN false;
        END IF;
    ELSIF given ->> 'kind' = 'Action' AND given ->> 'field' IN ('delivery', 'barrier', 'expected', 'detail') THEN
        own := (given ->> 'record')::uuid;
    END IF;
    RETURN EXISTS (SELECT FROM action a JOIN seen s ON s.id = a.id WHERE a.id = own AND a.owner = me);
END $$;

CREATE FUNCTION riskreg.fits(told jsonb, columns jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    -- Whether every field told is one of the columns and means something there. What does not would stop every copy.
    SELECT jsonb_typeof(told) = 'object' AND told <> '{}' AND NOT EXISTS (
        SELECT FROM jsonb_each(told) each LEFT JOIN jsonb_each(columns) form ON form.key = each.key
        WHERE form.key IS NULL OR NOT CASE jsonb_typeof(each.value)
            WHEN 'null' THEN (form.value ->> 'null')::boolean
            WHEN form.value ->> 'type' THEN each.value #>> '{}' ~ (form.value ->> 'form')
            ELSE false
        END
    )
$$;

-- Reading

CREATE FUNCTION riskreg.hello(known bigint) RETURNS TABLE (
    version integer, epoch uuid, seq bigint, hash bytea, there bytea, login text, roles text[], turned bigint, visible bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
    -- Visible: how many entries up to the number known the one who asks may see.
    SELECT c.version, c.epoch, c.seq, c.hash,
        CASE WHEN known = 0 THEN decode(repeat('00', 32), 'hex') ELSE (SELECT j.hash FROM journal j WHERE j.seq = known) END,
        session_user::text,
        ARRAY(SELECT r FROM unnest(ARRAY['reader', 'contributor', 'editor', 'administrator']) r WHERE is_a(r)),
        c.turned,
        known - CASE WHEN sees_all() THEN 0 ELSE (
            SELECT count(*) FROM record r JOIN journal j ON j.record = r.id WHERE r.hidden AND j.seq <= known
        ) END
    FROM clock c
$$;

CREATE FUNCTION riskreg.say(ids uuid[]) RETURNS TABLE (
    id uuid, label text, who text, said_at timestamptz, place text, why text, undoes uuid, "by" text, merged boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
    -- Edits of which one sees something. What was said of one that also changed what is hidden may tell of that.
    SELECT e.id, CASE WHEN seen.whole THEN e.label ELSE 'Changed together with what is not for your eyes' END, e.who,
        e.said_at, CASE WHEN seen.whole THEN e.place ELSE '' END, CASE WHEN seen.whole THEN e.why ELSE '' END, e.undoes,
        e."by", e.merged
    FROM (SELECT sees_all() AS of_it) every, edit e, LATERAL (
        SELECT every.of_it OR NOT bool_or(r.hidden) AS whole, every.of_it OR NOT bool_and(r.hidden) AS part
        FROM journal j JOIN record r ON r.id = j.record WHERE j.edit = e.id
    ) seen
    WHERE e.id = ANY (ids) AND seen.part
$$;

CREATE FUNCTION riskreg.unseen(ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
    -- Which of these entries, which somebody has, they may see no more. Those that are not here are none of them.
    SELECT j.id FROM journal j JOIN record r ON r.id = j.record WHERE j.id = ANY (ids) AND r.hidden AND NOT sees_all()
$$;

CREATE FUNCTION riskreg.here(called text, looking_at uuid, connected boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
DECLARE
    -- Who is still at the same record has nothing to tell: of two hundred people somebody says so all the time.
    news boolean := NOT connected OR NOT EXISTS (
        SELECT FROM presence p WHERE (p.login, p.session) = (session_user::text, pg_backend_pid())
            AND p.who = left(called, 300) AND p.record IS NOT DISTINCT FROM looking_at
    );
BEGIN
    DELETE FROM presence WHERE (login, session) = (session_user::text, pg_backend_pid()) OR seen < now() - interval '1 day';
    IF connected THEN
        INSERT INTO presence VALUES (session_user, pg_backend_pid(), left(called, 300), looking_at, clock_timestamp());
    END IF;
    IF news THEN
        PERFORM pg_notify('riskreg', 'here');
    END IF;
END $$;

-- Writing

CREATE FUNCTION riskreg.lock() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
DECLARE
    found bigint;
BEGIN
    IF NOT (is_a('contributor') OR is_a('editor') OR is_a('administrator')) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a reader may not change the register';
    END IF;
    SELECT seq INTO STRICT found FROM clock FOR UPDATE;
    RETURN found;
END $$;

CREATE FUNCTION riskreg.told(VARIADIC parts text[]) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$
    -- Each with its length in bytes before it, so that no two lists of texts give the same bytes.
    SELECT convert_to(string_agg(octet_length(part) || ':' || part, '' ORDER BY place), 'UTF8')
    FROM (SELECT coalesce(item, '') AS part, place FROM unnest(parts) WITH ORDINALITY AS u (item, place)) each
$$;

CREATE FUNCTION riskreg.link(last bytea, entry riskreg.journal, said riskreg.edit) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(last || riskreg.told(entry.seq::text, entry.id::text, entry.edit::text, entry.kind, entry.record::text,
        entry.field, entry.value, array_to_string(entry.parents, ','), entry.holds::text, said.label, said.who,
        extract(epoch FROM said.said_at)::text, said.place, said.why, said.undoes::text, said."by"))
$$;

CREATE FUNCTION riskreg.has_seen(given jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = riskreg, pg_temp AS $$
DECLARE
    of uuid := (given ->> 'record')::uuid;
    set_field text := given ->> 'field';
    known uuid[] := ARRAY(SELECT p::uuid FROM jsonb_array_elements_text(given -> 'parents') p);
    made uuid := (SELECT h.entry FROM head h WHERE h.record = of AND h.field = '+');
    gone uuid := (SELECT h.entry FROM head h WHERE h.record = of AND h.field = '-');
    stands uuid;
    held jsonb;
BEGIN
    IF set_field = '-' THEN
        RETURN NOT EXISTS (SELECT FROM head h WHERE h.record = of AND h.field <> '-' AND h.entry <> ALL (known));
    ELSIF set_field = '+' THEN
        IF made IS NULL THEN
            RETURN gone IS NULL OR gone = ANY (known);
        END IF;
    ELSIF made IS NULL THEN
        RETURN false;
    ELSE
        stands := coalesce((SELECT h.entry FROM head h WHERE h.record = of AND h.field = set_field), made);
        IF stands = ANY (known) THEN
            RETURN true;
        END IF;
    END IF;
    -- Both have said the same.
    SELECT jsonb_object_agg(pair.key, pair.value) INTO held
    FROM (
        SELECT DISTINCT ON (each.key) each.key, each.value
        FROM head h JOIN journal j ON j.id = h.entry, jsonb_each(j.value::jsonb) each
        WHERE h.record = of
        ORDER BY each.key, (h.field = '+')
    ) pair;
    RETURN held @> (given ->> 'value')::jsonb;
END $$;

CREATE FUNCTION riskreg.push(edits jsonb, entries jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
DECLARE
    number bigint := lock();
    first bigint := number + 1;
    last bytea := (SELECT hash FROM clock);
    all_of_it boolean := sees_all();
    given jsonb;
    entry journal;
    told_value jsonb;
    wanted merge_group;
    names text;
    said edit;
BEGIN
    INSERT INTO edit (id, label, who, said_at, place, why, undoes, "by", merged)
    SELECT (e ->> 'id')::uuid, e ->> 'label', e ->> 'who', (e ->> 'said_at')::timestamptz, e ->> 'place', e ->> 'why',
        (e ->> 'undoes')::uuid, session_user, (e ->> 'merged')::boolean
    FROM jsonb_array_elements(edits) e
    WHERE (e ->> 'id')::uuid IN (SELECT (n ->> 'edit')::uuid FROM jsonb_array_elements(entries) n)
    ON CONFLICT (id) DO NOTHING;

    FOR given IN SELECT value FROM jsonb_array_elements(entries) LOOP
        entry.id := (given ->> 'id')::uuid;
        CONTINUE WHEN EXISTS (SELECT FROM journal j WHERE j.id = entry.id);
        IF NOT all_of_it AND NOT contributes(given) THEN
            RAISE insufficient_privilege USING MESSAGE = 'a contributor may only change actions of their own';
        END IF;
        SELECT * INTO STRICT said FROM edit e WHERE e.id = (given ->> 'edit')::uuid;
        IF said."by" <> session_user THEN
            RAISE insufficient_privilege USING MESSAGE = 'an entry can not join an edit that somebody else has sent';
        END IF;
        number := number + 1;
        entry := ROW(number, entry.id, said.id, given ->> 'kind', (given ->> 'record')::uuid, given ->> 'field',
            given ->> 'value', ARRAY(SELECT p::uuid FROM jsonb_array_elements_text(given -> 'parents') p),
            (given ->> 'holds')::boolean, first, NULL);
        told_value := entry.value::jsonb;
        SELECT * INTO wanted FROM merge_group g
        WHERE g.kind = entry.kind AND g.field = CASE WHEN entry.field = '-' THEN '+' ELSE entry.field END;
        IF NOT FOUND
            OR NOT (CASE WHEN entry.field = '-' THEN told_value = 'null' ELSE fits(told_value, wanted.columns) END)
            OR (entry.field = '+' AND told_value ->> 'id' IS DISTINCT FROM entry.record::text)
            OR EXISTS (SELECT FROM record r WHERE r.id = entry.record AND r.kind <> entry.kind)
        THEN
            RAISE invalid_parameter_value USING MESSAGE = 'an entry sets what its kind and field do not hold';
        END IF;
        entry.hash := link(last, entry, said);
        last := entry.hash;
        INSERT INTO journal VALUES (entry.*);
        -- Of what does not hold too: it is no more for everybody's eyes than what it is said of.
        INSERT INTO record VALUES (entry.record, entry.kind, coalesce(told_value ->> 'audience', '') = 'restricted',
            array_remove(
                ARRAY[told_value ->> 'risk', told_value ->> 'affected', told_value ->> 'action', told_value ->> 'decision'],
                NULL
            )::uuid[], false)
        ON CONFLICT (id) DO NOTHING;
        IF NOT entry.holds THEN
            INSERT INTO conflict (entry) VALUES (entry.id);
            CONTINUE;
        END IF;
        IF NOT has_seen(given) THEN
            RAISE serialization_failure USING MESSAGE = 'an entry would overwrite what its author had not seen';
        END IF;
        UPDATE conflict c SET resolution = said.id WHERE c.entry = ANY (entry.parents);
        IF entry.field = '-' THEN
            EXECUTE format('DELETE FROM riskreg.%I WHERE id = $1', wanted.relation) USING entry.record;
            DELETE FROM head h WHERE h.record = entry.record;
        ELSIF entry.field = '+' THEN
            EXECUTE format('INSERT INTO riskreg.%1$I SELECT * FROM jsonb_populate_record(NULL::riskreg.%1$I, $1)
                ON CONFLICT (id) DO NOTHING', wanted.relation)
            USING wanted.defaults || told_value;
            DELETE FROM head h WHERE h.record = entry.record;
        ELSE
            names := (SELECT string_agg(quote_ident(k), ', ') FROM jsonb_object_keys(told_value) k);
            EXECUTE format('UPDATE riskreg.%1$I SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::riskreg.%1$I, $1))
                WHERE id = $2', wanted.relation, names)
            USING told_value, entry.record;
        END IF;
        INSERT INTO head VALUES (entry.record, entry.field, entry.id)
        ON CONFLICT (record, field) DO UPDATE SET entry = excluded.entry;
        UPDATE record r SET
            restricted = CASE WHEN told_value ? 'audience' THEN told_value ->> 'audience' = 'restricted' ELSE r.restricted END,
            under = CASE WHEN told_value ?| ARRAY['risk', 'affected', 'action', 'decision']
                THEN array_remove(
                    ARRAY[told_value ->> 'risk', told_value ->> 'affected', told_value ->> 'action', told_value ->> 'decision'],
                    NULL
                )::uuid[] ELSE r.under END
        WHERE r.id = entry.record AND told_value ?| ARRAY['audience', 'risk', 'affected', 'action', 'decision'];
    END LOOP;
    IF number >= first THEN
        UPDATE clock SET seq = number, hash = last, turned = CASE WHEN hide(first) THEN number ELSE turned END;
        PERFORM pg_notify('riskreg', number::text);
    END IF;
    RETURN number;
END $$;

-- Examining

CREATE FUNCTION riskreg.problems() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
DECLARE
    last bytea := decode(repeat('00', 32), 'hex');
    due bigint := 1;
    entry journal;
    said edit;
    ends clock;
    wanted merge_group;
BEGIN
    FOR entry IN SELECT * FROM journal ORDER BY seq LOOP
        IF entry.seq <> due THEN
            RETURN NEXT format('Entries %s to %s are missing from the journal.', due, entry.seq - 1);
        END IF;
        SELECT * INTO said FROM edit e WHERE e.id = entry.edit;
        IF entry.hash IS DISTINCT FROM link(last, entry, said) THEN
            RETURN NEXT format('Entry %s of the journal, or its edit, or an entry before it, was altered after it was written.',
                entry.seq);
        END IF;
        last := entry.hash;
        due := entry.seq + 1;
    END LOOP;
    SELECT * INTO ends FROM clock;
    IF ends.seq <> due - 1 OR ends.hash <> last THEN
        RETURN NEXT format('The journal ends at %s, but %s entries were taken: some were cut off, added or altered.', due - 1,
            ends.seq);
    END IF;

    RETURN QUERY
    WITH born AS (
        SELECT j.record, max(j.seq) AS seq FROM journal j WHERE j.holds AND j.field IN ('+', '-') GROUP BY j.record
    ), stands AS (
        SELECT DISTINCT ON (j.record, j.field) j.record, j.field, j.id
        FROM journal j JOIN born b ON b.record = j.record AND j.seq >= b.seq WHERE j.holds
        ORDER BY j.record, j.field, j.seq DESC
    )
    SELECT format('What stands of record %s (%s) is not what the journal says last.', record, field)
    FROM stands s FULL JOIN head h USING (record, field) WHERE s.id IS DISTINCT FROM h.entry;

    RETURN QUERY SELECT format('Entry %s does not hold but is no conflict.', j.seq)
    FROM journal j WHERE NOT j.holds AND NOT EXISTS (SELECT FROM conflict c WHERE c.entry = j.id);
    RETURN QUERY SELECT format('Entry %s holds but is a conflict.', j.seq)
    FROM journal j JOIN conflict c ON c.entry = j.id WHERE j.holds;

    FOR wanted IN SELECT * FROM merge_group g WHERE g.field = '+' ORDER BY g.kind LOOP
        RETURN QUERY EXECUTE format($q$
            WITH told AS (
                SELECT h.record, jsonb_object_agg(pair.key, pair.value ORDER BY h.field <> '+', j.seq) AS value
                FROM head h JOIN journal j ON j.id = h.entry, jsonb_each(
                    CASE WHEN h.field <> '-' AND pg_input_is_valid(j.value, 'jsonb') THEN j.value::jsonb ELSE '{}' END) pair
                WHERE j.kind = $1 GROUP BY h.record
            ), due AS (
                SELECT record, to_jsonb(jsonb_populate_record(NULL::riskreg.%1$I, $2 || value)) AS value FROM told
            )
            SELECT CASE
                WHEN held.id IS NULL THEN format('The %%s %%s is in the journal but not in its table.', $1, due.record)
                WHEN due.record IS NULL THEN format('The %%s %%s is in its table but not in the journal.', $1, held.id)
                ELSE format('The %%s %%s differs from what the journal says: %%s.', $1, held.id, (
                    SELECT string_agg(pair.key, ', ') FROM jsonb_each(to_jsonb(held)) pair
                    WHERE pair.value IS DISTINCT FROM due.value -> pair.key))
            END
            FROM due FULL JOIN riskreg.%1$I held ON held.id = due.record
            WHERE due.value IS DISTINCT FROM to_jsonb(held)
        $q$, wanted.relation) USING wanted.kind, wanted.defaults;
        IF wanted.columns ? 'audience' THEN
            RETURN QUERY EXECUTE format($q$
                SELECT format('The %%s %%s is marked otherwise than its audience says.', $1, held.id)
                FROM riskreg.%1$I held LEFT JOIN record r ON r.id = held.id
                WHERE (held.audience = 'restricted') IS DISTINCT FROM r.restricted
            $q$, wanted.relation) USING wanted.kind;
        END IF;
    END LOOP;

    RETURN QUERY SELECT format('The %s %s is shown to readers, or hidden from them, against its mark.', r.kind, r.id)
    FROM record r WHERE r.hidden <> is_hidden(r.id);
END $$;
