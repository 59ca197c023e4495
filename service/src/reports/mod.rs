//! What is asked: the reports as values, and their bytes. Nothing here knows HTTP or a database.

mod calendar;
mod daily_usage;
mod user_visits;

pub use calendar::{CalendarError, Day, Moment};
pub use daily_usage::DailyUsage;
pub use user_visits::{UserVisits, Visits};
