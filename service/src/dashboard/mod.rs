//! The dashboard as HTML: reports for people who would rather look. Nothing here knows HTTP or a database.
//!
//! A page is a value, and a template beside it. All of it is drawn here: the browser runs no script.

mod chart;
mod numbers;
mod overview;
mod pages;
mod range;
mod templates;

pub use chart::Chart;
pub use overview::{Frequent, Overview};
pub use pages::{Problem, SignIn};
pub use range::{Preset, Shown};
pub use templates::{STYLESHEET, STYLESHEET_PATH, TemplateError, render};
