//! The way in: an accept loop of ours before Rocket, which has no protection against slow clients.
//!
//! A connection is a task that stays on its thread: hyper reads the requests from a `socket::Socket` that knows what
//! may take how long, and each is answered by Rocket, called within the process. Who is too slow is cut off, who is
//! one too many takes the place of who has waited longest, and what cannot be read is told in the service's own
//! envelope.

mod body;
mod connection;
mod dispatch;
mod limits;
mod listen;
mod refusal;
mod register;
mod socket;
mod traffic;

pub use dispatch::UnknownVerb;
pub use listen::{Front, FrontError};
pub use traffic::Traffic;
