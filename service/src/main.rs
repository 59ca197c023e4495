//! Starts the service, or does one of its chores: see [`Command`].

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use service::observe::Chain;
use service::store::{self, PrepareError, SharedStore};
use service::{healthcheck, observe};
use service_settings::{DAILY_USAGE_PATH, Database, Settings};
use tokio::runtime;

// `cfg` and not a feature: whoever builds for musl wants it.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the program is asked to do.
enum Command {
    /// Answers requests until SIGTERM: the default.
    Serve,
    /// `migrate`: makes the tables if they are missing, and ends.
    Migrate,
    /// `healthcheck`: asks the service that runs at `APP_PORT`, and ends with 0 if it is well.
    Healthcheck,
}

/// Why the program ends otherwise than well.
type Failure = Box<dyn Error>;

fn main() -> ExitCode {
    let command = match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => Command::Serve,
        [one] if one == "serve" => Command::Serve,
        [one] if one == "migrate" => Command::Migrate,
        [one] if one == "healthcheck" => Command::Healthcheck,
        _ => return usage(),
    };
    let settings = match Settings::from_figment(&service_settings::figment()) {
        Ok(settings) => settings,
        Err(error) => {
            observe::install(service_settings::LogLevel::Info);
            return failed(&error);
        }
    };
    observe::install(settings.log_level);
    let result = match command {
        Command::Serve => serve(&settings),
        Command::Migrate => migrate(&settings),
        Command::Healthcheck => healthcheck::healthcheck(settings.app_port).map_err(Failure::from),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&*error),
    }
}

fn serve(settings: &Settings) -> Result<(), Failure> {
    let database = settings.database()?;
    let store = store::open(&database, settings);
    let runtime = runtime::Builder::new_multi_thread().thread_name("rocket-worker").enable_all().build()?;
    // Ignited first: from here on, SIGTERM is heard.
    let rocket =
        runtime.block_on(service::rocket(settings, Arc::clone(&store)).ignite()).map_err(cannot_start)?;
    introduce(&database, settings);
    match database {
        Database::Sqlite { .. } if settings.migrate_on_start.unwrap_or(true) => prepare(&store),
        Database::Postgres(_) if settings.migrate_on_start.unwrap_or(false) => {
            thread::spawn(move || prepare(&store));
        }
        _ => {}
    }
    let ended = runtime.block_on(rocket.launch());
    // A thread that waits for a frozen database must not hold up the end.
    runtime.shutdown_timeout(Duration::from_millis(500));
    ended.map_err(cannot_start)?;
    tracing::info!("stopped");
    Ok(())
}

/// Says which database it is, and where to look.
fn introduce(database: &Database, settings: &Settings) {
    for caution in database.cautions() {
        tracing::warn!("{caution}");
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

/// Reads Rocket's error, which panics if nobody does.
fn cannot_start(error: rocket::Error) -> Failure {
    format!("the service cannot start: {}", error.kind()).into()
}

fn migrate(settings: &Settings) -> Result<(), Failure> {
    let database = settings.database()?;
    Ok(store::open(&database, settings).prepare()?)
}

/// Makes the tables; goes on without if the database refuses, since they may be there already.
fn prepare(store: &SharedStore) {
    loop {
        match store.prepare() {
            Ok(()) => return,
            Err(error @ PrepareError::Unreachable(_)) => {
                tracing::warn!(error = %Chain(&error), "no tables made yet");
                thread::sleep(Duration::from_secs(2));
            }
            Err(error) => {
                tracing::warn!(
                    error = %Chain(&error),
                    "no tables made: the service answers if they exist"
                );
                return;
            }
        }
    }
}

fn failed(error: &(dyn Error + 'static)) -> ExitCode {
    tracing::error!(error = %Chain(error), "the service ends");
    ExitCode::FAILURE
}

#[expect(clippy::print_stderr, reason = "whoever mistypes a command reads it there")]
fn usage() -> ExitCode {
    eprintln!("usage: coworking-analytics [serve | migrate | healthcheck]; settings are variables");
    ExitCode::from(2)
}
