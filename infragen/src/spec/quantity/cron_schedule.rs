//! When a job runs: the five fields of cron.

use super::cron_field::Field;
use super::declare::text;
use super::nonsense::{Mistake, mistake};
use super::{cron_field, scan};

/// Writes a [`CronSchedule`] that the compiler has checked: `cron!("0 3 * * *")`.
#[macro_export]
macro_rules! cron {
    ($text:expr) => {{
        const CHECKED: $crate::spec::quantity::CronSchedule =
            $crate::spec::quantity::CronSchedule::literal($text);
        CHECKED
    }};
}

text! {
    /// Minute, hour, day of month, month and day of week, or `@daily` and its like, as Kubernetes reads them.
    ///
    /// Kubernetes reads them with robfig/cron: lists, ranges, steps, names of months and days, `?` for `*`; Sunday
    /// is 0 and never 7. Seconds, `@every` and a time zone inside the text are refused.
    CronSchedule, "cron schedule"
}

const EMPTY: Mistake =
    mistake!("a cron schedule is missing", "write five fields such as `0 3 * * *`, or @daily");
const SECONDS: Mistake = mistake!(
    "six fields begin with seconds, and Kubernetes has none",
    "leave the first out: minute hour day month weekday"
);
const FIVE: Mistake =
    mistake!("a cron schedule has five fields", "write minute, hour, day, month and weekday: `0 3 * * *`");
const SPACES: Mistake = mistake!("fields are joined by one space", "leave the other white space out");
const EVERY: Mistake =
    mistake!("`@every` starts to count anew with each controller", "write a step: `*/15 * * * *`");
const REBOOT: Mistake = mistake!("a cluster does not boot", "write a schedule, or a Job instead");
const NICKNAME: Mistake =
    mistake!("this nickname is none of cron's", "write @hourly, @daily, @weekly, @monthly or @yearly");
const ZONE: Mistake = mistake!(
    "a time zone does not stand in the schedule",
    "leave it out: CronJob has a field for the time zone"
);

const FIELDS: [Field; 5] =
    [cron_field::MINUTE, cron_field::HOUR, cron_field::DAY, cron_field::MONTH, cron_field::WEEKDAY];

const fn check(text: &[u8]) -> Result<(), Mistake> {
    match text {
        [] => return Err(EMPTY),
        [b'@', ..] => return check_nickname(text),
        [b' ', ..] | [.., b' '] => return Err(SPACES),
        _ if has_other_space(text) => return Err(SPACES),
        _ if scan::starts_with(text, b"TZ=") || scan::starts_with(text, b"CRON_TZ=") => return Err(ZONE),
        _ => {}
    }
    match count_fields(text) {
        5 => {}
        6 => return Err(SECONDS),
        _ => return Err(FIVE),
    }
    let mut index = 0;
    let mut rest = Some(text);
    while let Some(fields) = rest {
        let (field, after) = scan::split(fields, b' ');
        if let Err(mistake) = cron_field::check(field, FIELDS[index]) {
            return Err(mistake);
        }
        index += 1;
        rest = after;
    }
    Ok(())
}

/// Whether two spaces follow each other, or a tab or line break stands anywhere.
const fn has_other_space(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        match (byte, after) {
            (b' ', [b' ', ..]) | (b'\t' | b'\n' | b'\r', _) => return true,
            _ => rest = after,
        }
    }
    false
}

const fn count_fields(text: &[u8]) -> usize {
    let mut count = 1;
    let mut rest = scan::split(text, b' ').1;
    while let Some(fields) = rest {
        count += 1;
        rest = scan::split(fields, b' ').1;
    }
    count
}

const fn check_nickname(text: &[u8]) -> Result<(), Mistake> {
    match text {
        b"@yearly" | b"@annually" | b"@monthly" | b"@weekly" | b"@daily" | b"@midnight" | b"@hourly" => {
            Ok(())
        }
        b"@reboot" => Err(REBOOT),
        _ if scan::starts_with(text, b"@every") => Err(EVERY),
        _ => Err(NICKNAME),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::tried::{accepts, refuses};

    #[test]
    fn accepts_what_is_right() {
        accepts::<CronSchedule>(&[
            "0 3 * * *",
            "@daily",
            "@hourly",
            "@weekly",
            "@monthly",
            "@yearly",
            "@annually",
            "@midnight",
            "*/15 0-6/2,23 1 JAN-MAR mon",
            "5/20 ? ? * MON-FRI",
            "0,30 9-17 * * 1-5",
        ]);
    }

    #[test]
    fn tells_each_mistake() {
        refuses::<CronSchedule>(&[
            ("", EMPTY),
            ("* * * * * *", SECONDS),
            ("* * * *", FIVE),
            ("daily", FIVE),
            ("* * * * * * *", FIVE),
            (" * * * * *", SPACES),
            ("* * * * * ", SPACES),
            ("0  3 * * *", SPACES),
            ("0\t3 * * *", SPACES),
            ("@every 1h", EVERY),
            ("@reboot", REBOOT),
            ("@dayly", NICKNAME),
            ("TZ=UTC 0 3 * * *", ZONE),
            ("CRON_TZ=UTC 0 3 * * *", ZONE),
        ]);
    }
}
