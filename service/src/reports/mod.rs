//! What is asked: the reports as values, and their bytes. Nothing here knows HTTP or a database.

mod calendar;
mod daily_usage;
mod nearest;
#[cfg(test)]
mod properties;
mod span;
mod summary;
mod timeline;
mod usage;
mod user_visits;
mod visitors;
mod zone;

pub use calendar::{CalendarError, Day, Moment};
pub use daily_usage::DailyUsage;
pub use nearest::nearest;
pub use span::{Grain, Slot, Span};
pub use summary::{Change, Figures, Peak, Summary, figures, summary};
pub use timeline::{Bucket, Compare, Days, Granularity, Timeline};
pub use usage::{Count, Usage, UsageBefore, tally, usage};
pub use user_visits::{UserVisits, Visits};
pub use visitors::{Order, Page, Visitor};
pub use zone::Zone;
