//! The connection string: libpq's key and value pairs, so that every character of a value is literal.

use std::fmt::Write;

use service_settings::{Postgres, Secret};

/// What libpq reads to reach `postgres`.
///
/// It is a secret: it holds the password. The time-outs are for a network that loses packets; a
/// server that is frozen keeps the connection alive, and is the pool's matter.
pub(super) fn dsn(postgres: &Postgres) -> Secret {
    let mut pairs = vec![
        ("host", postgres.host.clone()),
        ("port", postgres.port.to_string()),
        ("dbname", postgres.name.clone()),
        ("user", postgres.username.clone()),
        ("password", postgres.password.expose().to_owned()),
        ("sslmode", postgres.sslmode.as_str().to_owned()),
        ("application_name", "coworking-analytics".to_owned()),
        ("connect_timeout", "2".to_owned()),
        ("tcp_user_timeout", "2000".to_owned()),
        ("keepalives_idle", "10".to_owned()),
    ];
    if let Some(file) = &postgres.sslrootcert {
        pairs.push(("sslrootcert", file.display().to_string()));
    }
    let mut dsn = String::new();
    for (key, value) in pairs {
        let value = value.replace('\\', r"\\").replace('\'', r"\'");
        // Writing to a String cannot fail.
        let _ = write!(dsn, "{key}='{value}' ");
    }
    Secret::new(dsn)
}

#[cfg(test)]
mod tests {
    use service_settings::SslMode;

    use super::*;

    #[test]
    fn values_are_quoted() {
        let postgres = Postgres {
            host: "db".to_owned(),
            port: 5432,
            name: "a b".to_owned(),
            username: "it's".to_owned(),
            password: Secret::new(r"p@ s'\%"),
            sslmode: SslMode::VerifyFull,
            sslrootcert: Some("/etc/ssl/rds.pem".into()),
            reads: None,
        };
        let dsn = dsn(&postgres);
        for pair in [
            r"host='db' port='5432' dbname='a b' user='it\'s' ",
            r"password='p@ s\'\\%' sslmode='verify-full' ",
            r"sslrootcert='/etc/ssl/rds.pem'",
        ] {
            assert!(dsn.expose().contains(pair), "{}", dsn.expose());
        }
    }
}
