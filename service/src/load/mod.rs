//! Users and tokens that come from elsewhere: from CSV files, or made up.

mod file;
mod places;
mod seed;
mod tokens;
mod users;

pub use file::{FileError, read_tokens, read_users};
pub use places::name_the_line;
pub use seed::Seed;
