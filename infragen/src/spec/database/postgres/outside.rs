//! A PostgreSQL server that exists already.

use super::PostgresHandle;
use crate::origin::{Chosen, Origin};
use crate::spec::network::Dependency;
use crate::spec::problem::Problems;
use crate::spec::quantity::{Cidr, HostName, Input, Port};
use crate::spec::variables::SecretKey;

/// How strictly a connection's TLS is checked. There is no mode without encryption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Encrypted; whoever answers is believed.
    Require,
    /// The certificate is by a known authority, and for this host.
    VerifyFull,
}

impl Tls {
    /// As libpq spells it.
    #[must_use]
    pub const fn ssl_mode(self) -> &'static str {
        match self {
            Self::Require => "require",
            Self::VerifyFull => "verify-full",
        }
    }
}

/// A PostgreSQL server that exists already, such as RDS.
#[derive(Clone, Debug)]
pub struct OutsidePostgres {
    pub(crate) host: Option<Chosen<HostName>>,
    pub(crate) port: Chosen<Port>,
    pub(crate) user: Chosen<String>,
    pub(crate) database: Chosen<String>,
    pub(crate) password: Option<SecretKey>,
    pub(crate) tls: Chosen<Tls>,
    pub(crate) network: Option<Cidr>,
    pub(crate) max_connections: Option<Chosen<u32>>,
    pub(crate) origin: Origin,
    pub(crate) problems: Problems,
}

impl OutsidePostgres {
    #[track_caller]
    pub(super) fn new(host: impl Input<HostName>) -> Self {
        let mut problems = Problems::default();
        let host = problems.take("postgres.host", host);
        Self {
            host,
            port: Chosen::default(crate::port!(5432), "PostgreSQL's own"),
            user: Chosen::default("postgres".to_owned(), "PostgreSQL's own"),
            database: Chosen::default("postgres".to_owned(), "PostgreSQL's own"),
            password: None,
            tls: Chosen::default(Tls::VerifyFull, "nobody else can answer in its place"),
            network: None,
            max_connections: None,
            origin: Origin::here(),
            problems,
        }
    }

    /// The TCP port. Default: 5432.
    #[must_use]
    #[track_caller]
    pub fn port(mut self, port: impl Input<Port>) -> Self {
        if let Some(port) = self.problems.take("postgres.port", port) {
            self.port = port;
        }
        self
    }

    /// The user that programs connect as.
    #[must_use]
    #[track_caller]
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Chosen::here(user.into());
        self
    }

    /// The database that they connect to.
    #[must_use]
    #[track_caller]
    pub fn database(mut self, database: impl Into<String>) -> Self {
        self.database = Chosen::here(database.into());
        self
    }

    /// Where the user's password is kept.
    #[must_use]
    pub fn password(mut self, password: SecretKey) -> Self {
        self.password = Some(password);
        self
    }

    /// How strictly TLS is checked. Default: [`Tls::VerifyFull`].
    #[must_use]
    #[track_caller]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Chosen::here(tls);
        self
    }

    /// The addresses that it may have: the network opens for these. Default: the cluster's network, else any address.
    #[must_use]
    pub fn within(mut self, network: Cidr) -> Self {
        self.network = Some(network);
        self
    }

    /// How many connections the server takes in all.
    #[must_use]
    #[track_caller]
    pub fn max_connections(mut self, connections: u32) -> Self {
        self.max_connections = Some(Chosen::here(connections));
        self
    }

    pub(crate) fn handle(&self, cluster_network: Option<&Cidr>) -> PostgresHandle {
        let host =
            self.host.as_ref().map_or_else(|| crate::host!("unknown.invalid"), |host| host.value.clone());
        PostgresHandle {
            host: host.to_string(),
            port: self.port.value,
            user: self.user.value.clone(),
            database: self.database.value.clone(),
            password: self.password.clone(),
            ssl_mode: self.tls.value.ssl_mode(),
            dependency: Dependency::Host {
                host,
                port: self.port.value,
                network: self.network.clone().or_else(|| cluster_network.cloned()),
            },
        }
    }
}
