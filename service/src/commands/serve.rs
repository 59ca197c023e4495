//! `coworking-analytics serve`.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::Args;
use service_settings::{AuthMode, DAILY_USAGE_PATH, Database, Settings};

use super::{Failure, settings};
use crate::front::{Front, FrontError};
use crate::lanes::Lanes;
use crate::observe::Chain;
use crate::store::{self, PrepareError, SharedStore};

/// How long a database that cannot be reached is left alone before its tables are made.
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(2);

/// Answers requests until SIGTERM; what is done without a command
#[derive(Args)]
pub(super) struct Serve {}

impl Serve {
    pub(super) fn run(self) -> Result<(), Failure> {
        let settings = settings()?;
        let database = settings.database()?;
        let lanes = Lanes::new().map_err(FrontError::Threads)?;
        let served = serve(settings, database, lanes.clone());
        lanes.drive(served).map_err(FrontError::Threads)??;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Answers until SIGTERM; all that takes memory is begun on the lane that goes on with it.
async fn serve(settings: Settings, database: Database, lanes: Lanes) -> Result<(), Failure> {
    let store = store::open(&database, &settings);
    // Ignited first: from here on, SIGTERM is heard.
    let front = Front::new(&settings);
    let rocket = crate::rocket(&settings, Arc::clone(&store))?;
    let rocket = rocket.ignite().await.map_err(FrontError::from)?;
    introduce(&database, &settings);
    let upkeep = Arc::clone(&store);
    let is_embedded = matches!(database, Database::Sqlite { .. });
    // The embedded database is there at the first answer, if it can be made at all.
    if settings.migrate_on_start.unwrap_or(is_embedded) && !(is_embedded && prepare(&store)) {
        thread::spawn(move || {
            while !prepare(&store) {
                thread::sleep(BETWEEN_ATTEMPTS);
            }
        });
    }
    tokio::spawn(async move { upkeep.keep_up().await });
    Ok(front.serve(rocket, lanes).await?)
}

/// Says which database it is, and where to look.
fn introduce(database: &Database, settings: &Settings) {
    for caution in database.cautions() {
        tracing::warn!("{caution}");
    }
    if settings.auth_mode == Some(AuthMode::None) {
        tracing::warn!("everybody may ask, for personal data too: `AUTH_MODE` is `none`");
    }
    match database {
        Database::Sqlite { file } => tracing::info!(
            "the visits come from the embedded database, in {}: look at http://127.0.0.1:{}{DAILY_USAGE_PATH}",
            file.display(),
            settings.app_port,
        ),
        Database::Postgres(postgres) => tracing::info!(
            host = postgres.host,
            port = postgres.port,
            name = postgres.name,
            sslmode = postgres.sslmode.as_str(),
            "the visits come from PostgreSQL",
        ),
    }
}

/// Makes the tables; goes on without if the database refuses, since they may be there already. Whether there is nothing
/// more to be done.
fn prepare(store: &SharedStore) -> bool {
    match store.prepare() {
        Ok(()) => true,
        Err(error @ PrepareError::Unreachable(_)) => {
            tracing::warn!(error = %Chain(&error), "no tables made yet");
            false
        }
        Err(error) => {
            tracing::warn!(
                error = %Chain(&error),
                "no tables made: the service answers if they exist"
            );
            true
        }
    }
}
