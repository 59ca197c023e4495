//! `/api/v1`: reports of a range of days, as JSON or CSV.
//!
//! A report is one file: its parameters, which the reader and the OpenAPI document both take from
//! there, and its handler. What they share stands beside them.

mod answer;
mod asked;
mod csv;
mod cursor;
pub(super) mod daily_usage;
mod envelope;
mod format;
pub(super) mod index;
mod parameters;
mod range;
mod reader;
pub(super) mod summary;
pub(super) mod user_visits;

pub(super) use parameters::{COMPARE_ALWAYS, FROM, Parameter, TZ};
pub(super) use range::{MOST_DAYS, day, zone};
pub(super) use reader::Reader;
