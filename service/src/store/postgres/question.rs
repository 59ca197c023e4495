//! Questions in SQL that Diesel's own language cannot say, prepared once a connection.

/// Declares a question without parameters: `sql_query` would have it planned each time.
macro_rules! question {
    ($(#[$doc:meta])* $name:ident -> ($($column:ty),+ $(,)?): $sql:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, diesel::query_builder::QueryId)]
        struct $name;

        impl diesel::query_builder::Query for $name {
            type SqlType = ($($column,)+);
        }

        impl diesel::query_builder::QueryFragment<diesel::pg::Pg> for $name {
            fn walk_ast<'b>(
                &'b self,
                mut pass: diesel::query_builder::AstPass<'_, 'b, diesel::pg::Pg>,
            ) -> diesel::QueryResult<()> {
                pass.push_sql($sql);
                Ok(())
            }
        }

        impl diesel::RunQueryDsl<diesel::PgConnection> for $name {}
    };
}

pub(super) use question;
