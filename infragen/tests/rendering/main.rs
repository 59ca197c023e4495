//! What the renderers promise: one change in the spec, and what it does to the objects.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting is not as it should be")]

mod names;
mod origins;
mod refused;
mod rollouts;
mod sample;
mod secure;
mod settings;
