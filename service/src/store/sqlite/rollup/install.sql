-- The roll-ups of the tokens, for the embedded database. Run in one transaction.
--
-- SQLite has one writer at a time, so that triggers may count in place: each changed token adds to, or takes from,
-- its day, its hour and its user, in the transaction that changes it. Keys are the beginnings of the moment's text,
-- which is how the reports group it. None of the tables has a rowid: an INTEGER key beside one refuses what
-- `tokens.user_id` takes, and no writer may fail for the roll-ups' sake.
CREATE TABLE IF NOT EXISTS coworking_analytics_days (
    day    TEXT NOT NULL PRIMARY KEY,
    tokens INTEGER NOT NULL,
    used   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS coworking_analytics_hours (
    hour   TEXT NOT NULL PRIMARY KEY,
    tokens INTEGER NOT NULL,
    used   INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS coworking_analytics_users (
    user_id INTEGER NOT NULL PRIMARY KEY,
    tokens  INTEGER NOT NULL,
    used    INTEGER NOT NULL
) WITHOUT ROWID;

-- The schema's version when the roll-ups were last known to be right. Whatever could hide a change from the triggers
-- is a change of the schema.
CREATE TABLE IF NOT EXISTS coworking_analytics_state (
    one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    noted INTEGER
);
INSERT INTO coworking_analytics_state (one) VALUES (1) ON CONFLICT (one) DO UPDATE SET noted = NULL;

-- The token that `REPLACE` may be about to take away: unlike `DELETE`, it fires no trigger for it, or
-- only where the writer's connection wants that.
CREATE TABLE IF NOT EXISTS coworking_analytics_replaced (
    id         INTEGER NOT NULL PRIMARY KEY,
    user_id    INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    used_at    TEXT
);

-- What a token adds: a view that stores nothing, so that the three counts are told once.
DROP VIEW IF EXISTS coworking_analytics_change;
CREATE VIEW coworking_analytics_change AS
    SELECT NULL AS created_at, NULL AS user_id, NULL AS tokens, NULL AS used WHERE false;
CREATE TRIGGER coworking_analytics_counted INSTEAD OF INSERT ON coworking_analytics_change BEGIN
    INSERT INTO coworking_analytics_days (day, tokens, used)
        VALUES (substr(NEW.created_at, 1, 10), NEW.tokens, NEW.used)
        ON CONFLICT (day) DO UPDATE SET tokens = tokens + excluded.tokens, used = used + excluded.used;
    INSERT INTO coworking_analytics_hours (hour, tokens, used)
        VALUES (substr(NEW.created_at, 1, 13), NEW.tokens, NEW.used)
        ON CONFLICT (hour) DO UPDATE SET tokens = tokens + excluded.tokens, used = used + excluded.used;
    INSERT INTO coworking_analytics_users (user_id, tokens, used)
        VALUES (NEW.user_id, NEW.tokens, NEW.used)
        ON CONFLICT (user_id) DO UPDATE SET tokens = tokens + excluded.tokens, used = used + excluded.used;
END;

DROP TRIGGER IF EXISTS coworking_analytics_inserting;
DROP TRIGGER IF EXISTS coworking_analytics_inserted;
DROP TRIGGER IF EXISTS coworking_analytics_updating;
DROP TRIGGER IF EXISTS coworking_analytics_updated;
DROP TRIGGER IF EXISTS coworking_analytics_moved;
DROP TRIGGER IF EXISTS coworking_analytics_deleted;

CREATE TRIGGER coworking_analytics_inserting BEFORE INSERT ON tokens BEGIN
    -- Left behind by an insert that came to nothing, such as `INSERT OR IGNORE`.
    DELETE FROM coworking_analytics_replaced WHERE true;
    INSERT INTO coworking_analytics_replaced (id, user_id, created_at, used_at)
        SELECT id, user_id, created_at, used_at FROM tokens WHERE id = NEW.id;
END;

CREATE TRIGGER coworking_analytics_inserted AFTER INSERT ON tokens BEGIN
    INSERT INTO coworking_analytics_change (created_at, user_id, tokens, used)
        SELECT created_at, user_id, -1, -(used_at IS NOT NULL) FROM coworking_analytics_replaced WHERE id = NEW.id;
    INSERT INTO coworking_analytics_change (created_at, user_id, tokens, used)
        VALUES (NEW.created_at, NEW.user_id, 1, NEW.used_at IS NOT NULL);
END;

-- Without `OF id`, which does not see `SET rowid = …`.
CREATE TRIGGER coworking_analytics_updating BEFORE UPDATE ON tokens WHEN NEW.id <> OLD.id BEGIN
    DELETE FROM coworking_analytics_replaced WHERE true;
    INSERT INTO coworking_analytics_replaced (id, user_id, created_at, used_at)
        SELECT id, user_id, created_at, used_at FROM tokens WHERE id = NEW.id;
END;

CREATE TRIGGER coworking_analytics_moved AFTER UPDATE ON tokens WHEN NEW.id <> OLD.id BEGIN
    INSERT INTO coworking_analytics_change (created_at, user_id, tokens, used)
        SELECT created_at, user_id, -1, -(used_at IS NOT NULL) FROM coworking_analytics_replaced WHERE id = NEW.id;
END;

-- An update that moves no token and neither uses nor un-uses one changes nothing.
CREATE TRIGGER coworking_analytics_updated AFTER UPDATE ON tokens
WHEN NEW.created_at IS NOT OLD.created_at OR NEW.user_id IS NOT OLD.user_id
    OR (NEW.used_at IS NULL) <> (OLD.used_at IS NULL)
BEGIN
    INSERT INTO coworking_analytics_change (created_at, user_id, tokens, used)
        VALUES (OLD.created_at, OLD.user_id, -1, -(OLD.used_at IS NOT NULL));
    INSERT INTO coworking_analytics_change (created_at, user_id, tokens, used)
        VALUES (NEW.created_at, NEW.user_id, 1, NEW.used_at IS NOT NULL);
END;

-- With `PRAGMA recursive_triggers`, `REPLACE` fires this one too: what is taken off here is not to be taken off twice.
CREATE TRIGGER coworking_analytics_deleted AFTER DELETE ON tokens BEGIN
    DELETE FROM coworking_analytics_replaced WHERE id = OLD.id;
    INSERT INTO coworking_analytics_change (created_at, user_id, tokens, used)
        VALUES (OLD.created_at, OLD.user_id, -1, -(OLD.used_at IS NOT NULL));
END;
