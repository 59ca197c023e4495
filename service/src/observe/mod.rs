//! What the service tells about itself.

mod chain;
mod figures;
mod logs;
mod metrics;
mod requests;
mod traceparent;

pub use chain::Chain;
pub use figures::Figures;
pub use logs::install;
pub use metrics::Metrics;
pub use requests::{Requests, Trace, trace};
pub(crate) use requests::{new_id, unread};
