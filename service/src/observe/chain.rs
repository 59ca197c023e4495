//! An error with all its causes, in one line of the log.

use std::error::Error;
use std::fmt;

/// Prints an error and its causes: `the report failed: the database refused: permission denied`.
pub struct Chain<'a>(pub &'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {}", error.to_string().trim_end())?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error;
    use crate::reports::CalendarError;
    use crate::store::StoreError;

    #[test]
    fn tells_every_cause_once() {
        let unreadable = CalendarError::Unreadable("soon".to_owned());
        let error = error::Error::from(StoreError::Calendar(unreadable));
        let told = "the database holds a moment that cannot be printed: `soon` is no moment between the years 1 and 9999";
        assert_eq!(Chain(&error).to_string(), told);
    }
}
