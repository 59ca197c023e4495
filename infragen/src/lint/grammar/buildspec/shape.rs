//! The shapes that a value of a buildspec can have.

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Whatever it is: another rule looks at it.
    Any,
    /// Text; a number or a truth value stands for itself.
    Text,
    /// `yes` or `no`, or `true` or `false`.
    Truth,
    /// A whole number, this at least.
    Count(i64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, in whichever case.
    AnyCase(&'static [&'static str]),
    /// What happens when a phase fails.
    OnFailure,
    /// The one version of the syntax, or the one before.
    Version,
    /// A list, of this length at most.
    List(&'static Shape, usize),
    /// Names of somebody's own, this many at most, each with such a value.
    Map(&'static Shape, usize),
    /// One text, or a list of them.
    OneOrMany,
    /// These fields and no others.
    Fields(&'static Fields),
}

/// The fields of a mapping.
#[derive(Debug)]
pub(super) struct Fields {
    /// Each with its shape.
    pub(super) known: &'static [(&'static str, Shape)],
    /// Of each of these, one at least must be there.
    pub(super) needs: &'static [&'static [&'static str]],
}

/// A list or map of any length.
pub(super) const ANY_NUMBER: usize = usize::MAX;

/// What an expected value is called.
pub(super) fn told(shape: Shape) -> String {
    let words = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        format!("one of {}", words.join(", "))
    };
    match shape {
        Shape::Any => "a value".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Truth => "`yes` or `no`".to_owned(),
        Shape::Count(least) => format!("a whole number of {least} or more"),
        Shape::Word(known) | Shape::AnyCase(known) => words(known),
        Shape::OnFailure => {
            "`ABORT`, `CONTINUE`, `RETRY`, `RETRY-<count>` with a count of 0 to 100, or `RETRY-<pattern>`"
                .to_owned()
        }
        Shape::Version => "`0.2`".to_owned(),
        Shape::List(..) => "a list".to_owned(),
        Shape::Map(..) | Shape::Fields(_) => "a mapping".to_owned(),
        Shape::OneOrMany => "text, or a list of texts".to_owned(),
    }
}
