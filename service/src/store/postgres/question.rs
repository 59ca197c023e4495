//! Questions in SQL that Diesel's own language cannot say, prepared once a connection.

/// Declares a question: `sql_query` would have it planned each time, and sent in two turns. Parameters are named
/// between the pieces of its text, where they stand.
macro_rules! question {
    ($(#[$doc:meta])* $name:ident -> $columns:tt: $sql:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, diesel::query_builder::QueryId)]
        struct $name;

        $crate::store::postgres::question::question!(@asked $name -> $columns: $sql,);
    };
    (
        $(#[$doc:meta])* $name:ident { $($field:ident: $value:ty),+ } -> $columns:tt:
        $sql:expr $(, $parameter:ident as $kind:ty, $more:expr)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, diesel::query_builder::QueryId)]
        struct $name { $($field: $value),+ }

        $crate::store::postgres::question::question!(
            @asked $name -> $columns: $sql, $($parameter as $kind, $more,)+
        );
    };
    (
        @asked $name:ident -> ($($column:ty),+ $(,)?):
        $sql:expr, $($parameter:ident as $kind:ty, $more:expr,)*
    ) => {
        impl diesel::query_builder::Query for $name {
            type SqlType = ($($column,)+);
        }

        impl diesel::query_builder::QueryFragment<diesel::pg::Pg> for $name {
            fn walk_ast<'b>(
                &'b self,
                mut pass: diesel::query_builder::AstPass<'_, 'b, diesel::pg::Pg>,
            ) -> diesel::QueryResult<()> {
                pass.push_sql($sql);
                $(
                    pass.push_bind_param::<$kind, _>(&self.$parameter)?;
                    pass.push_sql($more);
                )*
                Ok(())
            }
        }

        impl diesel::RunQueryDsl<diesel::PgConnection> for $name {}
    };
}

pub(super) use question;
