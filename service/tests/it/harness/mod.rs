//! What the tests stand on.

mod backend;
mod http;
mod postgres;
mod program;
mod proxy;
mod token;

pub(crate) use backend::{Backend, Fixture, TABLES, block_on};
pub(crate) use http::{Answer, exchange};
pub(crate) use postgres::{Database, OwnServer, Standby};
pub(crate) use program::{PROBE_PATIENCE, Program, command};
pub(crate) use proxy::Proxy;
pub(crate) use token::{SECRET, token};
