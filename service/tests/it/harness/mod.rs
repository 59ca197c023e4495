//! What the tests stand on.

mod backend;
mod http;
mod postgres;
mod program;
mod proxy;
mod token;

pub(crate) use backend::{Backend, Fixture, SQLITE_TABLES, TABLES, block_on, roll_up, run_in, store_with};
pub(crate) use http::{Answer, exchange};
pub(crate) use postgres::{Database, OwnServer, Standby};
pub(crate) use program::{PROBE_PATIENCE, Program, check, command};
pub(crate) use proxy::Proxy;
pub(crate) use token::{SECRET, token};
