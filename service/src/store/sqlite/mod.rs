//! The reports from the embedded database: SQLite, in a file.

mod load;
mod prepare;
mod reports;
mod rollup;
mod sample;
mod slots;
mod store;
mod visitors;

pub(super) use load::load;
pub use store::SqliteStore;

diesel::table! {
    /// The people who come.
    users (id) {
        /// Their number.
        id -> BigInt,
        /// Their first name.
        first_name -> Text,
        /// Their last name.
        last_name -> Text,
        /// When they joined.
        joined_at -> Text,
    }
}

diesel::table! {
    /// The tokens they asked for.
    tokens (id) {
        /// Its number.
        id -> BigInt,
        /// Whose it is.
        user_id -> Nullable<BigInt>,
        /// The token itself.
        token -> Text,
        /// When it was made.
        created_at -> Nullable<Text>,
        /// When it was used.
        used_at -> Nullable<Text>,
    }
}
