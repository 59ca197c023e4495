//! Making the roll-ups, where that is possible.
//!
//! This is no migration: whether it is possible depends on tables that may be another's, and may change.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::recount::recount;
use super::trust::is_noted;
use crate::store::count::Count;

const INSTALL: &str = include_str!("install.sql");

/// How many triggers `install.sql` makes.
const TRIGGERS: usize = 7;

/// Whether tokens are a table of the shape that the migration makes, of which the triggers see every change.
/// `REPLACE` takes rows away behind them for another unique index, and another's trigger may change tokens between
/// two of them.
const SUITABLE: &str = "
    SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'tokens')
        AND 4 = (
            SELECT count(*) FROM pragma_table_info('tokens')
            WHERE name = 'id' AND type = 'INTEGER' AND pk = 1
               OR name = 'user_id' AND type = 'INTEGER' AND \"notnull\"
               OR name = 'created_at' AND type = 'TEXT' AND \"notnull\"
               OR name = 'used_at')
        AND NOT EXISTS (SELECT 1 FROM pragma_index_list('tokens') WHERE \"unique\")
        AND NOT EXISTS (
            SELECT 1 FROM sqlite_schema
            WHERE type = 'trigger' AND lower(tbl_name) = 'tokens' AND substr(name, 1, 20) <> 'coworking_analytics_')
    AS count";

const OURS: &str = "
    SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND substr(name, 1, 20) = 'coworking_analytics_'";

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    sql: String,
}

/// Makes the roll-ups and counts what is there, within the caller's transaction. Where they cannot be, it says so:
/// every report is answered without them.
pub(in super::super) fn install(connection: &mut SqliteConnection) -> QueryResult<()> {
    if is_noted(connection)? == Some(true) && is_watched(connection)? {
        return Ok(());
    }
    if !is_suitable(connection)? {
        tracing::warn!(
            "no roll-ups: `tokens` is not the table that the service makes; each report counts it"
        );
        return Ok(());
    }
    connection.batch_execute(INSTALL)?;
    let wrong = recount(connection)?;
    tracing::info!(corrected = wrong, "the roll-ups are right");
    Ok(())
}

/// Whether the triggers see every change of the tokens: they are those of this edition, and all of them.
pub(super) fn is_watched(connection: &mut SqliteConnection) -> QueryResult<bool> {
    let triggers: Vec<Trigger> = diesel::sql_query(OURS).load(connection)?;
    let ours = triggers.iter().filter(|trigger| INSTALL.contains(&trigger.sql)).count();
    Ok(ours == TRIGGERS && triggers.len() == TRIGGERS && is_suitable(connection)?)
}

fn is_suitable(connection: &mut SqliteConnection) -> QueryResult<bool> {
    let suitable: Count = diesel::sql_query(SUITABLE).get_result(connection)?;
    Ok(suitable.count == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_made_is_counted_and_can_be_taken_away() {
        assert_eq!(INSTALL.matches("\nCREATE TRIGGER ").count(), TRIGGERS);
        let removal = include_str!("remove.sql");
        for line in INSTALL.lines().filter(|line| line.starts_with("CREATE ")) {
            let name = line.split(' ').find(|word| word.starts_with("coworking_analytics_")).unwrap();
            // The view's own trigger goes with the view.
            assert!(removal.contains(name) || name == "coworking_analytics_counted", "{name}");
        }
    }
}
