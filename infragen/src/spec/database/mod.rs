//! Databases and caches: in the cluster, where they become workloads, or elsewhere, where only the way to them is known.

mod postgres;
mod redis;

pub use postgres::{Backup, InClusterPostgres, OutsidePostgres, Postgres, PostgresHandle, Tls};
pub use redis::{InClusterRedis, OutsideRedis, Redis, RedisHandle};
