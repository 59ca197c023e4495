//! Who may ask, for what, and how often.
//!
//! A handler names what it shows by a guard in its arguments, and is not called for anybody else:
//! [`Aggregates`], [`PersonalData`] or [`Metrics`].

mod caller;
mod gate;
mod guards;
mod rates;
mod token;

pub use caller::{Caller, Role};
pub use gate::{Gate, Refusal, SESSION_COOKIE, Seen, refusal, seen};
pub use guards::{Aggregates, Metrics, PersonalData};
pub use rates::Standing;
pub use token::TokenError;
