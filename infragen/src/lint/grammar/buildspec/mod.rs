//! The grammar of buildspec 0.2, as AWS' *Build specification reference* and *Batch build buildspec reference* have it.

mod check;
mod shape;
mod syntax;

pub use check::{Defect, Fault, faults};
pub use syntax::{PHASES, RUNTIMES};
