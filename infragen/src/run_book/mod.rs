//! The run book of an environment: what runs, how it hangs together, and what to type, with the real names.
//!
//! Pure: the page is filled from the environment and the run's settings, and its template is part of the library.
//! Sees neither objects nor their types; a test holds every name in every command against the rendered objects.

mod claims;
mod cluster;
mod graph;
mod ingresses;
mod needs;
mod page;
mod release;
mod render;
mod secrets;
mod servers;
mod workloads;

pub use render::render;

#[cfg(test)]
mod tests;
