//! What chores print. Standard output is for the figures and the answer, standard error for what goes on.

use std::fmt::Display;
use std::time::Duration;

/// Prints a line of the answer.
#[expect(clippy::print_stdout, reason = "the one place where chores print their answers")]
pub(crate) fn say(line: impl Display) {
    println!("{line}");
}

/// Prints a line about what goes on.
#[expect(clippy::print_stderr, reason = "the one place where chores tell what they do")]
pub(crate) fn note(line: impl Display) {
    eprintln!("{line}");
}

/// Says that something is left out, and why.
pub(crate) fn skipped(what: impl Display, why: impl Display) {
    say(format_args!("skipped: {what}: {why}"));
}

/// A duration as people read it: `740 ms`, `12.3 s`, `4 min 05 s`.
pub(crate) fn time(duration: Duration) -> String {
    let seconds = duration.as_secs_f64();
    if seconds < 1.0 {
        format!("{:.0} ms", seconds * 1000.0)
    } else if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_the_unit_that_fits() {
        assert_eq!(time(Duration::from_millis(740)), "740 ms");
        assert_eq!(time(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(time(Duration::from_secs(245)), "4 min 05 s");
    }
}
