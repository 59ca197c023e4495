//! What the service tells about itself.

mod chain;
mod figures;
mod logs;
mod requests;

pub use chain::Chain;
pub use figures::Figures;
pub use logs::install;
pub use requests::{Requests, Trace, trace};
pub(crate) use requests::{new_id, unread};
