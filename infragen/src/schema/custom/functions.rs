//! The functions that Kubernetes adds to CEL and that rules use most. One that does not know an answer for sure fails,
//! and the rule that asked it is passed over.

use std::sync::Arc;

use cel::extractors::This;
use cel::{Context, ExecutionError, Value};

use super::format::nanoseconds;
use super::{network, pattern};
use crate::schema::format::{is_quantity, quantity};

type Text = Arc<String>;
type List = Arc<Vec<Value>>;

/// Adds them all.
pub(super) fn add(context: &mut Context<'_, '_>) {
    // One that CEL has itself is not added, and CEL's own is used.
    let _ = context.add_function("matches", matches);
    network::add(context);
    let _ = context.add_function("isQuantity", |text: Text| is_quantity(&text));
    let _ = context.add_function("sum", |This(list): This<List>| {
        let sum = ints(&list, "sum")?.into_iter().try_fold(0_i64, i64::checked_add);
        sum.ok_or_else(|| unknown("sum"))
    });
    let _ = context.add_function("min", |This(list): This<List>| {
        ints(&list, "min")?.into_iter().min().ok_or_else(|| unknown("min"))
    });
    let _ = context.add_function("max", |This(list): This<List>| {
        ints(&list, "max")?.into_iter().max().ok_or_else(|| unknown("max"))
    });
    let _ = context.add_function("isSorted", |This(list): This<List>| {
        ints(&list, "isSorted").map(|list| list.is_sorted())
    });
    // Lengths of time are their nanoseconds, and quantities their numbers: both compare as they should.
    let _ =
        context.add_function("duration", |text: Text| nanoseconds(&text).ok_or_else(|| unknown("duration")));
    let _ = context.add_function("quantity", |text: Text| quantity(&text).ok_or_else(|| unknown("quantity")));
    let _ = context.add_function("isGreaterThan", |This(one): This<f64>, other: f64| one > other);
    let _ = context.add_function("isLessThan", |This(one): This<f64>, other: f64| one < other);
    let _ = context.add_function("compareTo", |This(one): This<f64>, other: f64| {
        i64::from(one > other) - i64::from(one < other)
    });
}

pub(super) fn unknown(function: &str) -> ExecutionError {
    ExecutionError::function_error(function, "no answer")
}

fn matches(This(text): This<Text>, source: Text) -> Result<bool, ExecutionError> {
    let pattern = pattern::compile(&source).ok_or_else(|| unknown("matches"))?;
    Ok(pattern.is_match(&text))
}

/// The items of a list of whole numbers.
fn ints(list: &[Value], function: &str) -> Result<Vec<i64>, ExecutionError> {
    let int = |value: &Value| match value {
        Value::Int(number) => Ok(*number),
        _ => Err(unknown(function)),
    };
    list.iter().map(int).collect()
}
