//! `coworking-analytics check`.

use std::env;

use clap::Args;
use service_settings::{Access, AuthMode, Database, Settings};
use tokio::runtime;

use super::Failure;
use crate::console::say;
use crate::observe::Chain;
use crate::store::{self, Report};

/// Reads the settings, asks the database, and says what the service would do
///
/// It changes nothing, and shows no secret. It ends with 1 if the service would not start, or not answer.
#[derive(Args)]
pub(super) struct Check {}

impl Check {
    pub(super) fn run(self) -> Result<(), Failure> {
        let settings = Settings::from_figment(&service_settings::figment())?;
        tell_variables();
        tell_access(&settings)?;
        let database = settings.database()?;
        tell_database(&database);
        if let Database::Sqlite { file } = &database
            && !file.exists()
        {
            say("database: its file is not there yet; the service makes it when it starts");
            return Ok(());
        }
        let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
        let store = store::open(&database, &settings);
        let counting = runtime.block_on(async {
            store.answer(Report::DailyUsage).await?;
            Ok::<_, store::StoreError>(store.gauges().counting)
        });
        // A thread that waits for the database must not hold up the end.
        runtime.shutdown_background();
        let counting = counting.inspect_err(|error| {
            if let Some(advice) = advice(&Chain(error).to_string()) {
                say(format_args!("help: {advice}"));
            }
        })?;
        say(format_args!("database: it answers; {counting}"));
        Ok(())
    }
}

/// What to do about a database that is not trusted, whose library says little of why.
fn advice(error: &str) -> Option<&'static str> {
    let advice = [
        (
            "certificate verify failed",
            "the server's certificate has expired, or no authority in `DB_SSLROOTCERT` has signed it; \
             `openssl s_client -starttls postgres -connect HOST:PORT` shows it",
        ),
        ("does not match host name", "set `DB_HOST` to a name that the server's certificate has"),
        ("server does not support SSL", "let the server use TLS (`ssl = on`), or set `DB_SSLMODE`"),
    ];
    advice.into_iter().find_map(|(said, advice)| error.contains(said).then_some(advice))
}

/// Which variables are set; their values are nobody's business here, since some are secret.
fn tell_variables() {
    let set: Vec<String> =
        Settings::variables().into_iter().filter(|name| env::var_os(name).is_some()).collect();
    let set = if set.is_empty() { "none".to_owned() } else { set.join(", ") };
    say(format_args!("settings: from the environment: {set}; all others are the defaults"));
}

fn tell_access(settings: &Settings) -> Result<(), Failure> {
    match settings.access()? {
        Access::Open => say("access: everybody may ask, since `AUTH_MODE` is `none`"),
        Access::Tokens(tokens) => say(format_args!(
            "access: by tokens of {}, for {}{}",
            tokens.issuer.as_deref().unwrap_or("any issuer that knows the secret"),
            tokens.audience.as_deref().unwrap_or("no audience in particular"),
            if tokens.previous.is_some() { "; the secret before is taken too" } else { "" },
        )),
    }
    if settings.auth_mode == Some(AuthMode::None) && settings.shared_jwt_secret.is_some() {
        say("access: `SHARED_JWT_SECRET` is set and not used");
    }
    Ok(())
}

fn tell_database(database: &Database) {
    match database {
        Database::Sqlite { file } => say(format_args!("database: SQLite, {}", file.display())),
        Database::Postgres(postgres) => {
            let authorities =
                postgres.sslrootcert.as_ref().map(|file| format!(", signed as {} says", file.display()));
            say(format_args!(
                "database: PostgreSQL, `{}` at {}:{} as `{}`, sslmode {}{}",
                postgres.name,
                postgres.host,
                postgres.port,
                postgres.username,
                postgres.sslmode.as_str(),
                authorities.unwrap_or_default(),
            ));
        }
    }
    database.cautions().iter().for_each(say);
}
