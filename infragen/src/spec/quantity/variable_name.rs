//! The name of a variable of a process.

use super::declare::text;
use super::nonsense::{Mistake, mistake};

/// Writes a [`VariableName`] that the compiler has checked: `variable!("DB_HOST")`.
#[macro_export]
macro_rules! variable {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::VariableName =
            $crate::spec::quantity::VariableName::literal($text);
        CHECKED
    }};
}

text! {
    /// A name that every shell can read: letters, digits and `_`, not starting with a digit.
    ///
    /// Kubernetes allows more (dots and hyphens), which `$NAME` in a shell does not reach.
    #[derive(PartialOrd, Ord)]
    VariableName, "variable name"
}

const EMPTY: Mistake = mistake!("a variable has no name", "write a name such as DB_HOST");
const DIGIT: Mistake = mistake!("a variable does not start with a digit", "write a letter or `_` first");
const HYPHEN: Mistake =
    mistake!("a shell cannot read a variable with a hyphen", "write DB_HOST, not db-host");
const DOT: Mistake = mistake!("a shell cannot read a variable with a dot", "write DB_HOST, not db.host");
const VALUE: Mistake =
    mistake!("the value is not part of the name", "write DB_HOST here, and what follows `=` as its value");
const DOLLAR: Mistake =
    mistake!("a `$` reads a variable, and is no part of its name", "write DB_HOST, not $DB_HOST");
const CHARACTER: Mistake =
    mistake!("a variable holds letters, digits and `_` only", "leave the other characters out: DB_HOST");

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'0'..=b'9', ..] => return Err(DIGIT),
        _ => {}
    }
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => {}
            b'-' => return Err(HYPHEN),
            b'.' => return Err(DOT),
            b'=' => return Err(VALUE),
            b'$' => return Err(DOLLAR),
            _ => return Err(CHARACTER),
        }
        rest = after;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<VariableName>(&["DB_HOST", "_", "a1"]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<VariableName>(&[
            ("", EMPTY),
            ("1A", DIGIT),
            ("db-host", HYPHEN),
            ("db.host", DOT),
            ("A=1", VALUE),
            ("$A", DOLLAR),
            ("A B", CHARACTER),
            ("Ä", CHARACTER),
        ]);
    }
}
