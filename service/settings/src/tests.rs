//! The settings as a deployment gives them: through variables.

use std::collections::BTreeMap;
use std::fs;

use figment::Figment;
use serde_json::json;

use crate::{Access, Backend, Database, Postgres, Settings, SettingsError, SslMode, Variables};

/// The settings of a process that has just these variables.
fn with(variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let variables: BTreeMap<_, _> = variables.iter().copied().collect();
    let lookup = Variables::from_lookup(|name| variables.get(name).map(Into::into));
    Settings::from_figment(&Figment::from(lookup))
}

fn postgres(variables: &[(&str, &str)]) -> Postgres {
    match with(variables).unwrap().database().unwrap() {
        Database::Postgres(postgres) => postgres,
        other => panic!("not PostgreSQL: {other:?}"),
    }
}

fn refusal(variables: &[(&str, &str)]) -> String {
    match with(variables).and_then(|settings| settings.database()) {
        Ok(database) => panic!("accepted: {database:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn passwords_are_literal() {
    for password in ["0123", "true", r"p@ s'\%", "1e3", "[1,2]", "{a=1}", "\"quoted\"", " ", "", "p%40/ß"] {
        let postgres = postgres(&[("DB_USERNAME", "0777"), ("DB_PASSWORD", password)]);
        assert_eq!(postgres.password.expose(), password);
        assert_eq!(postgres.username, "0777");
    }
}

#[test]
fn the_password_may_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    let path = file.to_str().unwrap();
    for (text, password) in [("0123\n", "0123"), ("a\r\n", "a"), ("a\n\n", "a\n"), (" a ", " a ")] {
        fs::write(&file, text).unwrap();
        let postgres = postgres(&[("DB_USERNAME", "u"), ("DB_PASSWORD_FILE", path)]);
        assert_eq!(postgres.password.expose(), password);
    }
    fs::write(&file, "a\0b").unwrap();
    assert!(refusal(&[("DB_USERNAME", "u"), ("DB_PASSWORD_FILE", path)]).contains("NUL"));
    assert!(refusal(&[("DB_USERNAME", "u"), ("DB_PASSWORD_FILE", "/nowhere")]).contains("/nowhere"));
    let both = refusal(&[("DB_USERNAME", "u"), ("DB_PASSWORD", "p"), ("DB_PASSWORD_FILE", path)]);
    assert!(both.contains("keep one"), "{both}");
}

#[test]
fn nothing_prints_the_password() {
    let settings = with(&[("DB_USERNAME", "u"), ("DB_PASSWORD", "hunter2")]).unwrap();
    assert!(!format!("{settings:?} {:?}", settings.database()).contains("hunter2"));
}

#[test]
fn no_database_variable_means_the_embedded_database() {
    for variables in [&[][..], &[("DB_POOL_SIZE", "3")], &[("DB_HOST", "")], &[("APP_PORT", "80")]] {
        let database = with(variables).unwrap().database().unwrap();
        assert!(matches!(database, Database::Sqlite { .. }), "{variables:?}");
    }
    let explicit = with(&[("DATABASE", "sqlite"), ("DB_HOST", "db")]).unwrap();
    assert_eq!(explicit.database, Some(Backend::Sqlite));
    assert!(matches!(explicit.database().unwrap(), Database::Sqlite { .. }));
}

#[test]
fn a_missing_variable_is_named() {
    let cases = [
        (&[("DB_PASSWORD", "p")][..], "DB_USERNAME", "`DB_PASSWORD` is set"),
        (&[("DB_PASSWORD", "")], "DB_USERNAME", "`DB_PASSWORD` is set"),
        (&[("DB_HOST", "db")], "DB_USERNAME", "`DB_HOST` is set"),
        (&[("DB_USERNAME", "u")], "DB_PASSWORD", "`DB_USERNAME` is set"),
        (&[("DATABASE", "postgres")], "DB_USERNAME", "`DATABASE` is `postgres`"),
    ];
    for (variables, name, because) in cases {
        let message = refusal(variables);
        assert!(message.contains(&format!("`{name}` is not set")), "{message}");
        assert!(message.contains(because), "{message}");
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_with_its_name() {
    let cases = [
        ("APP_PORT", "http", "`http` is not a whole number from 0 to 65535"),
        ("APP_PORT", "65536", "`65536` is not a whole number"),
        ("DB_PORT", "tcp://10.0.0.1:5432", "enableServiceLinks: false"),
        ("DB_POOL_SIZE", "2", "`2` is not a whole number from 3 to 100"),
        ("MIGRATE_ON_START", "yes", "`yes` is not `true` or `false`"),
        ("LOG_LEVEL", "loud", "loud"),
        ("DATABASE", "mysql", "mysql"),
        ("DB_SSLMODE", "on", "on"),
    ];
    for (name, value, expected) in cases {
        let message = refusal(&[(name, value)]);
        assert!(message.contains(expected) && message.contains(name), "{message}");
    }
}

#[test]
fn the_defaults_are_the_contract() {
    let postgres = postgres(&[("DB_USERNAME", "u"), ("DB_PASSWORD", "p")]);
    assert_eq!((&*postgres.host, postgres.port, &*postgres.name), ("127.0.0.1", 5432, "postgres"));
    assert_eq!(postgres.sslmode, SslMode::Prefer);
    assert_eq!(with(&[]).unwrap().app_port, 5153);
}

#[test]
fn an_authority_means_verification() {
    let given = [("DB_USERNAME", "u"), ("DB_PASSWORD", "p"), ("DB_SSLROOTCERT", "/etc/ssl/rds.pem")];
    assert_eq!(postgres(&given).sslmode, SslMode::VerifyFull);
    assert_eq!(postgres(&[&given[..], &[("DB_SSLMODE", "verify-ca")]].concat()).sslmode, SslMode::VerifyCa);
}

#[test]
fn a_percent_escape_draws_a_caution_without_the_value() {
    let cautions = |password| {
        with(&[("DB_USERNAME", "u"), ("DB_PASSWORD", password)]).unwrap().database().unwrap().cautions()
    };
    assert!(cautions("100%").is_empty());
    assert!(cautions("p%40ss")[0].contains("literally"));
    assert!(!cautions("p%40ss")[0].contains("40"));
}

#[test]
fn the_schema_is_that_of_a_deployment() {
    let schema = serde_json::to_value(Settings::schema()).unwrap();
    assert_eq!(schema["required"], json!(["AUTH_MODE", "DB_PASSWORD", "DB_USERNAME"]));
    let properties = schema["properties"].as_object().unwrap();
    let secrets: Vec<_> = properties.iter().filter(|(_, p)| p["writeOnly"] == true).map(|(n, _)| n).collect();
    assert_eq!(secrets, ["DB_PASSWORD", "SHARED_JWT_SECRET", "SHARED_JWT_SECRET_PREVIOUS"]);
    assert_eq!(properties["APP_PORT"]["default"], 5153);
    for (name, property) in properties {
        assert!(property["description"].is_string(), "{name}");
        assert!(property["type"].is_string() || property["oneOf"].is_array(), "{name}: {property}");
        assert_ne!(property.get("default"), Some(&json!(null)), "{name}");
    }
}

#[test]
fn the_schemas_defaults_are_the_defaults() {
    let schema = serde_json::to_value(Settings::schema()).unwrap();
    let given = schema["properties"].as_object().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let defaults: Vec<_> =
        given.filter_map(|(name, property)| Some((name.as_str(), text(property.get("default")?)))).collect();
    let mut variables: Vec<_> = defaults.iter().map(|(name, value)| (*name, value.as_str())).collect();
    variables.extend([("DB_USERNAME", "u"), ("DB_PASSWORD", "p")]);
    let explicit = with(&variables).unwrap();
    let implicit = with(&[("DB_USERNAME", "u"), ("DB_PASSWORD", "p")]).unwrap();
    assert_eq!(format!("{:?}", explicit.database().unwrap()), format!("{:?}", implicit.database().unwrap()));
    assert_eq!(explicit.app_port, implicit.app_port);
    assert_eq!(explicit.drain_seconds, implicit.drain_seconds);
}

const LONG: &str = "0123456789012345678901234567890\u{e9}";

fn access(variables: &[(&str, &str)]) -> Result<Access, String> {
    with(variables).and_then(|settings| settings.access()).map_err(|error| error.to_string())
}

#[test]
fn the_service_is_open_only_when_told_so() {
    assert!(matches!(access(&[("AUTH_MODE", "none")]), Ok(Access::Open)));
    assert!(matches!(access(&[("AUTH_MODE", "none"), ("SHARED_JWT_SECRET", LONG)]), Ok(Access::Open)));
    for variables in [&[][..], &[("SHARED_JWT_SECRET", "")], &[("DATABASE", "sqlite")]] {
        let refusal = access(variables).unwrap_err();
        assert!(refusal.contains("SHARED_JWT_SECRET") && refusal.contains("AUTH_MODE=none"), "{refusal}");
    }
    assert!(access(&[("AUTH_MODE", "jwt")]).unwrap_err().contains("`AUTH_MODE` is `jwt`"));
    assert!(access(&[("AUTH_MODE", "off"), ("SHARED_JWT_SECRET", LONG)]).unwrap_err().contains("off"));
}

#[test]
fn tokens_are_checked_with_literal_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    fs::write(&file, format!("{LONG}\n")).unwrap();
    let file = file.to_str().unwrap();
    let given =
        [("SHARED_JWT_SECRET", LONG), ("SHARED_JWT_SECRET_PREVIOUS_FILE", file), ("JWT_ISSUER", "true")];
    let Ok(Access::Tokens(tokens)) = access(&given) else { panic!("{:?}", access(&given)) };
    assert_eq!((tokens.secret.expose(), tokens.previous.as_ref().unwrap().expose()), (LONG, LONG));
    assert_eq!((tokens.issuer.as_deref(), tokens.audience.as_deref()), (Some("true"), None));
    assert!(!format!("{tokens:?}").contains("0123"));
    let twice = [("SHARED_JWT_SECRET", LONG), ("SHARED_JWT_SECRET_FILE", file)];
    assert!(access(&twice).unwrap_err().contains("keep one"));
}

#[test]
fn a_secret_that_can_be_guessed_is_refused() {
    for variables in [
        &[("SHARED_JWT_SECRET", "hunter2")][..],
        &[("SHARED_JWT_SECRET", LONG), ("SHARED_JWT_SECRET_PREVIOUS", "hunter2")],
    ] {
        let refusal = access(variables).unwrap_err();
        assert!(refusal.contains("has 7 bytes") && !refusal.contains("hunter2"), "{refusal}");
    }
}
