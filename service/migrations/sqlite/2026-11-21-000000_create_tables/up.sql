-- The tables of the coworking service, for the embedded database. Moments are texts in UTC, such as
-- 2023-02-07 10:11:12.100000.
CREATE TABLE IF NOT EXISTS users (
    id         INTEGER NOT NULL PRIMARY KEY,
    first_name VARCHAR(50) NOT NULL,
    last_name  VARCHAR(50) NOT NULL,
    joined_at  TEXT NOT NULL,
    is_active  BOOLEAN DEFAULT true NOT NULL
);
CREATE TABLE IF NOT EXISTS tokens (
    id         INTEGER NOT NULL PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users,
    token      VARCHAR(6) NOT NULL,
    created_at TEXT DEFAULT CURRENT_TIMESTAMP NOT NULL,
    used_at    TEXT
);
CREATE INDEX IF NOT EXISTS tokens_user_id_token_used_at_index ON tokens (user_id, token, used_at);
