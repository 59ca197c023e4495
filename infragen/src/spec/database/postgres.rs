//! PostgreSQL, in the cluster or elsewhere.

mod in_cluster;
mod outside;

pub use in_cluster::{Backup, InClusterPostgres};
pub use outside::{OutsidePostgres, Tls};

use crate::spec::network::{Callee, Dependency};
use crate::spec::quantity::{DnsLabel, HostName, Input, Port};
use crate::spec::variables::{Budget, SecretKey, Text, VariableValue};

/// A PostgreSQL server: [`Postgres::in_cluster`] or [`Postgres::at`].
#[derive(Clone, Debug)]
pub enum Postgres {
    /// A StatefulSet of this environment.
    InCluster(Box<InClusterPostgres>),
    /// A server that exists already, such as RDS.
    Outside(Box<OutsidePostgres>),
}

impl Postgres {
    /// A server in the cluster, of this name.
    #[must_use]
    #[track_caller]
    pub fn in_cluster(name: impl Input<DnsLabel>) -> InClusterPostgres {
        InClusterPostgres::new(name)
    }

    /// A server that exists already at this host.
    #[must_use]
    #[track_caller]
    pub fn at(host: impl Input<HostName>) -> OutsidePostgres {
        OutsidePostgres::new(host)
    }
}

impl From<InClusterPostgres> for Postgres {
    fn from(postgres: InClusterPostgres) -> Self {
        Self::InCluster(Box::new(postgres))
    }
}

impl From<OutsidePostgres> for Postgres {
    fn from(postgres: OutsidePostgres) -> Self {
        Self::Outside(Box::new(postgres))
    }
}

/// A database that an environment holds: what a program needs to know to reach it.
#[derive(Clone, Debug)]
pub struct PostgresHandle {
    /// The host, as budgets and run books name it.
    pub(crate) host: String,
    pub(crate) port: Port,
    pub(crate) user: String,
    pub(crate) database: String,
    pub(crate) password: Option<SecretKey>,
    pub(crate) ssl_mode: &'static str,
    pub(crate) dependency: Dependency,
}

impl PostgresHandle {
    /// The host name to connect to.
    #[must_use]
    pub fn host(&self) -> Text {
        Text::needing(self.host.clone(), self.dependency.clone())
    }

    /// The port to connect to.
    #[must_use]
    pub fn port(&self) -> Text {
        Text::plain(self.port.number().to_string())
    }

    /// The user to connect as.
    #[must_use]
    pub fn user(&self) -> Text {
        Text::plain(self.user.clone())
    }

    /// The database's name.
    #[must_use]
    pub fn name(&self) -> Text {
        Text::plain(self.database.clone())
    }

    /// How strictly TLS is asked for, as libpq's `sslmode`.
    #[must_use]
    pub fn ssl_mode(&self) -> Text {
        Text::plain(self.ssl_mode.to_owned())
    }

    /// The user's password. A database without one is told when the environment is rendered.
    #[must_use]
    pub fn password(&self) -> VariableValue {
        self.password.clone().map_or_else(|| VariableValue::from(""), VariableValue::Secret)
    }

    /// How many connections each Pod opens at most: the environment checks that all Pods together fit the server.
    #[must_use]
    pub fn connections(&self, each: u32) -> Text {
        let mut text = Text::plain(each.to_string());
        text.budget = Some(Budget { host: self.host.clone(), connections: each });
        text
    }
}

impl Callee for PostgresHandle {
    fn dependencies(&self) -> Vec<Dependency> {
        vec![self.dependency.clone()]
    }
}
