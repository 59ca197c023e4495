-- The roll-ups of the tokens, in the tokens' own schema: {schema}. Run in one transaction.
--
-- Triggers append what a statement changes to the delta, and wait for nobody; whoever folds moves the
-- delta into the hours, days and users. A report adds up both in one snapshot.

-- Changes that are not folded yet. A row without a user counts for its hour alone, and one without an hour
-- for its user alone. It has no index: it is short, and every row is wanted.
CREATE TABLE IF NOT EXISTS {schema}.coworking_analytics_delta (
    hour    timestamp,
    user_id bigint,
    tokens  bigint NOT NULL,
    used    bigint NOT NULL
) WITH (
    vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0
);

-- Rows that are written again and again: with room beside them, no index needs to follow.
CREATE TABLE IF NOT EXISTS {schema}.coworking_analytics_days (
    day    date PRIMARY KEY,
    tokens bigint NOT NULL,
    used   bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS {schema}.coworking_analytics_hours (
    hour   timestamp PRIMARY KEY,
    tokens bigint NOT NULL,
    used   bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS {schema}.coworking_analytics_users (
    user_id bigint PRIMARY KEY,
    tokens  bigint NOT NULL,
    used    bigint NOT NULL
) WITH (fillfactor = 80);

-- Of which table the roll-ups are, and the fingerprint it had when they were last known to be right.
CREATE TABLE IF NOT EXISTS {schema}.coworking_analytics_state (
    one         boolean PRIMARY KEY DEFAULT true CHECK (one),
    tokens      oid NOT NULL,
    fingerprint text
);
INSERT INTO {schema}.coworking_analytics_state (tokens) VALUES ('{schema}.tokens'::regclass)
    ON CONFLICT (one) DO UPDATE SET tokens = excluded.tokens, fingerprint = NULL;

-- What must stay as it is for the triggers to have seen every change: the table's rows have not been written
-- anew behind them, and none of them has been disabled, dropped or changed, not even for a moment, since that
-- writes its row of the catalogue anew. NULL where they cannot see every change.
-- In PL/pgSQL, so that a session plans it once.
CREATE OR REPLACE FUNCTION {schema}.coworking_analytics_fingerprint() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT c.oid || ' ' || c.relfilenode || ' ' ||
            string_agg(t.oid || ':' || t.xmin::text || ':' || p.xmin::text, ' ' ORDER BY t.oid)
        FROM {schema}.coworking_analytics_state AS s
        JOIN pg_class AS c ON c.oid = s.tokens
        JOIN pg_trigger AS t ON t.tgrelid = c.oid
        JOIN pg_proc AS p ON p.oid = t.tgfoid
        WHERE t.tgenabled = 'A'
          AND t.tgname IN ('coworking_analytics_deleted', 'coworking_analytics_inserted',
                           'coworking_analytics_truncated', 'coworking_analytics_updated')
          -- Rows of partitions and heirs change without a word to the table above them.
          AND c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_inherits WHERE c.oid IN (inhparent, inhrelid))
          -- A subscription's rows come without a statement.
          AND NOT EXISTS (SELECT FROM pg_subscription_rel WHERE srrelid = c.oid)
          AND 3 = (
              SELECT count(*) FROM pg_attribute AS a
              WHERE a.attrelid = c.oid AND NOT a.attisdropped
                AND (a.attname = 'used_at'
                     OR a.attname = 'created_at' AND a.attnotnull AND a.atttypid = 'timestamp'::regtype
                     OR a.attname = 'user_id' AND a.attnotnull
                        AND a.atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)))
        GROUP BY c.oid, c.relfilenode
        HAVING count(*) = 4
    );
END
$$;

-- The triggers' functions write with their owner's rights, since whoever writes tokens has none on the delta. A
-- statement of many rows is added up first, by hour and by user: all pairs of them would be as many as its rows.
-- Rows that come count up, and rows that go count down.
CREATE OR REPLACE FUNCTION {schema}.coworking_analytics_counted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one CONSTANT integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    IF EXISTS (SELECT FROM changed OFFSET 500) THEN
        INSERT INTO {schema}.coworking_analytics_delta (hour, user_id, tokens, used)
        SELECT date_trunc('hour', created_at), user_id, one * count(*), one * count(used_at) FROM changed
        GROUP BY GROUPING SETS ((date_trunc('hour', created_at)), (user_id));
    ELSE
        INSERT INTO {schema}.coworking_analytics_delta (hour, user_id, tokens, used)
        SELECT date_trunc('hour', created_at), user_id, one, one * (used_at IS NOT NULL)::integer FROM changed;
    END IF;
    RETURN NULL;
END
$$;

-- An update that moves no token and neither uses nor un-uses one appends nothing.
CREATE OR REPLACE FUNCTION {schema}.coworking_analytics_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh OFFSET 500) THEN
        INSERT INTO {schema}.coworking_analytics_delta (hour, user_id, tokens, used)
        SELECT hour, user_id, sum(tokens), sum(used) FROM (
            SELECT date_trunc('hour', created_at) AS hour, user_id,
                1 AS tokens, (used_at IS NOT NULL)::integer AS used FROM fresh
            UNION ALL
            SELECT date_trunc('hour', created_at), user_id, -1, -(used_at IS NOT NULL)::integer FROM gone
        ) AS changes
        GROUP BY GROUPING SETS ((hour), (user_id))
        HAVING sum(tokens) <> 0 OR sum(used) <> 0;
    ELSE
        INSERT INTO {schema}.coworking_analytics_delta (hour, user_id, tokens, used)
        SELECT hour, user_id, sum(tokens), sum(used) FROM (
            SELECT date_trunc('hour', created_at) AS hour, user_id,
                1 AS tokens, (used_at IS NOT NULL)::integer AS used FROM fresh
            UNION ALL
            SELECT date_trunc('hour', created_at), user_id, -1, -(used_at IS NOT NULL)::integer FROM gone
        ) AS changes
        GROUP BY hour, user_id
        HAVING sum(tokens) <> 0 OR sum(used) <> 0;
    END IF;
    RETURN NULL;
END
$$;

-- A truncated table is empty for every snapshot, older ones too, and so are its roll-ups: they go the same way.
-- So its new file is no reason for doubt.
CREATE OR REPLACE FUNCTION {schema}.coworking_analytics_truncated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    TRUNCATE {schema}.coworking_analytics_delta, {schema}.coworking_analytics_days,
        {schema}.coworking_analytics_hours, {schema}.coworking_analytics_users;
    UPDATE {schema}.coworking_analytics_state SET fingerprint = {schema}.coworking_analytics_fingerprint();
    RETURN NULL;
END
$$;

-- For as long as a few catalogue rows take, no token is written.
LOCK TABLE {schema}.tokens IN SHARE ROW EXCLUSIVE MODE;
DROP TRIGGER IF EXISTS coworking_analytics_inserted ON {schema}.tokens;
DROP TRIGGER IF EXISTS coworking_analytics_updated ON {schema}.tokens;
DROP TRIGGER IF EXISTS coworking_analytics_deleted ON {schema}.tokens;
DROP TRIGGER IF EXISTS coworking_analytics_truncated ON {schema}.tokens;
-- Of the first edition.
DROP FUNCTION IF EXISTS {schema}.coworking_analytics_inserted(), {schema}.coworking_analytics_deleted();
CREATE TRIGGER coworking_analytics_inserted AFTER INSERT ON {schema}.tokens
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.coworking_analytics_counted();
CREATE TRIGGER coworking_analytics_updated AFTER UPDATE ON {schema}.tokens
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.coworking_analytics_updated();
CREATE TRIGGER coworking_analytics_deleted AFTER DELETE ON {schema}.tokens
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.coworking_analytics_counted();
CREATE TRIGGER coworking_analytics_truncated AFTER TRUNCATE ON {schema}.tokens
    FOR EACH STATEMENT EXECUTE FUNCTION {schema}.coworking_analytics_truncated();
-- Also for those who load rows with `session_replication_role = replica`.
ALTER TABLE {schema}.tokens
    ENABLE ALWAYS TRIGGER coworking_analytics_inserted, ENABLE ALWAYS TRIGGER coworking_analytics_updated,
    ENABLE ALWAYS TRIGGER coworking_analytics_deleted, ENABLE ALWAYS TRIGGER coworking_analytics_truncated;

-- Whoever reads the tokens reads what they add up to.
DO $$
DECLARE
    reader text;
BEGIN
    FOR reader IN
        SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
        FROM pg_class, aclexplode(relacl)
        WHERE oid = '{schema}.tokens'::regclass AND privilege_type = 'SELECT'
    LOOP
        EXECUTE format(
            'GRANT SELECT ON {schema}.coworking_analytics_delta, {schema}.coworking_analytics_days,
                {schema}.coworking_analytics_hours, {schema}.coworking_analytics_users,
                {schema}.coworking_analytics_state TO %s', reader);
    END LOOP;
END
$$;

COMMENT ON FUNCTION {schema}.coworking_analytics_fingerprint() IS 'roll-ups of coworking analytics, 2';
