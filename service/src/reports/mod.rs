//! What is asked: the reports as values, and their bytes. Nothing here knows HTTP or a database.

mod calendar;
mod daily_usage;
mod span;
mod user_visits;
mod visitors;

pub use calendar::{CalendarError, Day, Moment};
pub use daily_usage::DailyUsage;
pub use span::{Grain, Slot, Span};
pub use user_visits::{UserVisits, Visits};
pub use visitors::{Order, Page, Visitor};
