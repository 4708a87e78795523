-- What the hub does by itself. Everything is owned by riskreg_owner, who can't log in; nobody may write to a table:
-- a program, ours or one written by hand, gets no further than these functions.

CREATE TABLE riskreg.clock (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    seq bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    version integer NOT NULL
);
COMMENT ON TABLE riskreg.clock IS 'One row, locked by whoever writes: it orders all commits. Sequences do not.';

CREATE TABLE riskreg.edit (
    id uuid PRIMARY KEY,
    label text NOT NULL,
    who text NOT NULL,
    said_at timestamptz NOT NULL,
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
    hidden boolean NOT NULL,
    under uuid[] NOT NULL
);
COMMENT ON TABLE riskreg.record IS 'Whether a record is restricted, and the risk or action that it hangs on.';

CREATE TABLE riskreg.merge_group (
    kind text NOT NULL,
    field text NOT NULL,
    relation text NOT NULL,
    columns text[] NOT NULL,
    defaults jsonb NOT NULL,
    PRIMARY KEY (kind, field)
);
COMMENT ON TABLE riskreg.merge_group IS 'Which columns of which table an entry of a kind and field may set.';

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

CREATE FUNCTION riskreg.is_a(role text) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT pg_has_role(session_user, 'riskreg_' || role, 'member') $$;

CREATE FUNCTION riskreg.sees_all() RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT riskreg.is_a('editor') OR riskreg.is_a('administrator') $$;

CREATE FUNCTION riskreg.may_see(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM record r
        WHERE r.id = wanted AND (r.hidden OR EXISTS (SELECT FROM record o WHERE o.id = ANY (r.under) AND o.hidden))
    )
$$;

CREATE FUNCTION riskreg.contributes(given jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
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
    ELSIF given ->> 'kind' = 'Action' AND given ->> 'field' IN ('delivery', 'barrier', 'expected', 'detail') THEN
        own := (given ->> 'record')::uuid;
    END IF;
    RETURN EXISTS (SELECT FROM action WHERE id = own AND owner = me) AND may_see(own);
END $$;

-- Reading

CREATE FUNCTION riskreg.hello(known bigint) RETURNS TABLE (
    version integer, epoch uuid, seq bigint, hash bytea, there bytea, login text, roles text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
    SELECT c.version, c.epoch, c.seq, c.hash,
        CASE WHEN known = 0 THEN decode(repeat('00', 32), 'hex') ELSE (SELECT j.hash FROM journal j WHERE j.seq = known) END,
        session_user::text,
        ARRAY(SELECT r FROM unnest(ARRAY['reader', 'contributor', 'editor', 'administrator']) r WHERE is_a(r))
    FROM clock c
$$;

CREATE FUNCTION riskreg.here(called text, looking_at uuid, connected boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
BEGIN
    DELETE FROM presence WHERE (login, session) = (session_user::text, pg_backend_pid()) OR seen < now() - interval '1 day';
    IF connected THEN
        INSERT INTO presence VALUES (session_user, pg_backend_pid(), left(called, 300), looking_at, clock_timestamp());
    END IF;
    PERFORM pg_notify('riskreg', 'here');
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

CREATE FUNCTION riskreg.has_seen(given jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = riskreg, pg_temp AS $$
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
    all_of_it boolean := is_a('editor') OR is_a('administrator');
    given jsonb;
    told_value jsonb;
    wanted merge_group;
    known uuid[];
    names text;
    said edit;
BEGIN
    INSERT INTO edit (id, label, who, said_at, place, why, undoes, "by", merged)
    SELECT (e ->> 'id')::uuid, e ->> 'label', e ->> 'who', (e ->> 'said_at')::timestamptz, e ->> 'place', e ->> 'why',
        (e ->> 'undoes')::uuid, session_user, (e ->> 'merged')::boolean
    FROM jsonb_array_elements(edits) e
    ON CONFLICT (id) DO NOTHING;

    FOR given IN SELECT value FROM jsonb_array_elements(entries) LOOP
        CONTINUE WHEN EXISTS (SELECT FROM journal WHERE id = (given ->> 'id')::uuid);
        IF NOT all_of_it AND NOT contributes(given) THEN
            RAISE insufficient_privilege USING MESSAGE = 'a contributor may only change actions of their own';
        END IF;
        SELECT * INTO STRICT said FROM edit WHERE id = (given ->> 'edit')::uuid;
        told_value := (given ->> 'value')::jsonb;
        known := ARRAY(SELECT p::uuid FROM jsonb_array_elements_text(given -> 'parents') p);
        SELECT * INTO wanted FROM merge_group g
        WHERE g.kind = given ->> 'kind' AND g.field = CASE WHEN given ->> 'field' = '-' THEN '+' ELSE given ->> 'field' END;
        IF NOT FOUND OR (given ->> 'field' <> '-' AND EXISTS (
            SELECT FROM jsonb_object_keys(told_value) k WHERE k <> ALL (wanted.columns)
        )) THEN
            RAISE invalid_parameter_value USING MESSAGE = 'an entry sets what its kind and field do not hold';
        END IF;
        number := number + 1;
        last := sha256(last || told(number::text, given ->> 'id', given ->> 'edit', given ->> 'kind', given ->> 'record',
            given ->> 'field', given ->> 'value', array_to_string(known, ','), given ->> 'holds', said.label, said.who,
            extract(epoch FROM said.said_at)::text, said.place, said.why, said.undoes::text, said."by"));
        INSERT INTO journal
        VALUES (number, (given ->> 'id')::uuid, said.id, given ->> 'kind', (given ->> 'record')::uuid, given ->> 'field',
            given ->> 'value', known, (given ->> 'holds')::boolean, first, last);
        IF NOT (given ->> 'holds')::boolean THEN
            INSERT INTO conflict (entry) VALUES ((given ->> 'id')::uuid);
            CONTINUE;
        END IF;
        IF NOT has_seen(given) THEN
            RAISE serialization_failure USING MESSAGE = 'an entry would overwrite what its author had not seen';
        END IF;
        UPDATE conflict SET resolution = said.id WHERE conflict.entry = ANY (known);
        IF given ->> 'field' = '-' THEN
            EXECUTE format('DELETE FROM riskreg.%I WHERE id = $1', wanted.relation) USING (given ->> 'record')::uuid;
            DELETE FROM head WHERE record = (given ->> 'record')::uuid;
        ELSIF given ->> 'field' = '+' THEN
            EXECUTE format('INSERT INTO riskreg.%1$I SELECT * FROM jsonb_populate_record(NULL::riskreg.%1$I, $1)
                ON CONFLICT (id) DO NOTHING', wanted.relation)
            USING wanted.defaults || told_value;
            DELETE FROM head WHERE record = (given ->> 'record')::uuid;
        ELSE
            names := (SELECT string_agg(quote_ident(k), ', ') FROM jsonb_object_keys(told_value) k);
            EXECUTE format('UPDATE riskreg.%1$I SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::riskreg.%1$I, $1))
                WHERE id = $2', wanted.relation, names)
            USING told_value, (given ->> 'record')::uuid;
        END IF;
        INSERT INTO head VALUES ((given ->> 'record')::uuid, given ->> 'field', (given ->> 'id')::uuid)
        ON CONFLICT (record, field) DO UPDATE SET entry = excluded.entry;
        IF given ->> 'field' <> '-' THEN
            INSERT INTO record VALUES ((given ->> 'record')::uuid, coalesce(told_value ->> 'audience', '') = 'restricted',
                array_remove(ARRAY[told_value ->> 'risk', told_value ->> 'action'], NULL)::uuid[])
            ON CONFLICT (id) DO UPDATE SET
                hidden = CASE WHEN told_value ? 'audience' THEN excluded.hidden ELSE record.hidden END,
                under = CASE WHEN told_value ?| ARRAY['risk', 'action'] THEN excluded.under ELSE record.under END;
        END IF;
    END LOOP;
    UPDATE clock SET seq = number, hash = last;
    IF number >= first THEN
        PERFORM pg_notify('riskreg', number::text);
    END IF;
    RETURN number;
END $$;
