//! A database of any number of tokens, made quickly.

use std::path::Path;

use super::contestant::{Contestant, migrate};
use crate::postgres::Postgres;

/// What a database holds: tokens of so many users over the hours of one year, nine in ten used.
pub(super) struct Seeded {
    pub(super) database: String,
    pub(super) tokens: u32,
    pub(super) users: u32,
}

impl Seeded {
    /// Makes it, with roll-ups or without. They are counted once all tokens are there, and so are the index and the
    /// reference: each is quicker for all rows than for one after the other.
    pub(super) fn make(
        self,
        service: &Contestant,
        postgres: &Postgres,
        folder: &Path,
        rolled_up: bool,
    ) -> anyhow::Result<Self> {
        let Self { database, tokens, users } = &self;
        postgres.sql("postgres", &format!("CREATE DATABASE {database}"))?;
        migrate(service, &self.variables(postgres, "live"), folder)?;
        postgres.sql(
            database,
            &format!(
                "BEGIN; \
                 INSERT INTO users (first_name, last_name, joined_at) \
                 SELECT 'First', 'Last', timestamp '2025-01-01' + i * interval '1 second' FROM generate_series(1, {users}) i; \
                 TRUNCATE tokens; DROP INDEX tokens_user_id_token_used_at_index; \
                 ALTER TABLE tokens DROP CONSTRAINT tokens_users_id_fk; \
                 INSERT INTO tokens (user_id, token, created_at, used_at) \
                 SELECT 1 + i % {users}, lpad(to_hex(i % 1048576), 6, '0'), made, CASE WHEN i % 10 > 0 THEN made END \
                 FROM (SELECT i, timestamp '2025-01-01' + (i::bigint * 7919 % 525600) * interval '1 minute' AS made \
                       FROM generate_series(1, {tokens}) i) AS tokens; \
                 CREATE INDEX tokens_user_id_token_used_at_index ON tokens (user_id, token, used_at); \
                 ALTER TABLE tokens ADD CONSTRAINT tokens_users_id_fk FOREIGN KEY (user_id) REFERENCES users; \
                 COMMIT"
            ),
        )?;
        if rolled_up {
            migrate(service, &self.variables(postgres, "auto"), folder)?;
        }
        // Nobody is to do this while answers are timed.
        postgres.sql(database, "VACUUM (FREEZE, ANALYZE)")?;
        postgres.sql(database, "CHECKPOINT")?;
        Ok(self)
    }

    /// What leads the service there.
    pub(super) fn variables(&self, postgres: &Postgres, mode: &str) -> Vec<(&'static str, String)> {
        let mut variables = postgres.variables(&self.database);
        variables.push(("ANALYTICS_MODE", mode.to_owned()));
        variables.push(("DB_TIMEOUT_SECONDS", "60".to_owned()));
        variables
    }
}
