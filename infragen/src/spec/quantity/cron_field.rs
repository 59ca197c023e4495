//! One field of a cron schedule: a list of numbers, names, ranges and steps.

use super::nonsense::{Mistake, mistake};
use super::scan;

/// What one field may hold.
#[derive(Clone, Copy)]
pub(super) struct Field {
    least: u64,
    most: u64,
    /// Names in the order of their numbers, from `least` on.
    names: &'static [&'static [u8]],
    out_of_range: Mistake,
}

pub(super) const MINUTE: Field = Field {
    least: 0,
    most: 59,
    names: &[],
    out_of_range: mistake!("a minute is 0 to 59", "write minute hour day month weekday: `30 3 * * *`"),
};
pub(super) const HOUR: Field = Field {
    least: 0,
    most: 23,
    names: &[],
    out_of_range: mistake!("an hour is 0 to 23", "write minute hour day month weekday: `30 3 * * *`"),
};
pub(super) const DAY: Field = Field {
    least: 1,
    most: 31,
    names: &[],
    out_of_range: mistake!(
        "a day of the month is 1 to 31",
        "write minute hour day month weekday: `0 3 1 * *`"
    ),
};
pub(super) const MONTH: Field = Field {
    least: 1,
    most: 12,
    names: &[b"JAN", b"FEB", b"MAR", b"APR", b"MAY", b"JUN", b"JUL", b"AUG", b"SEP", b"OCT", b"NOV", b"DEC"],
    out_of_range: mistake!(
        "a month is 1 to 12 or JAN to DEC",
        "write minute hour day month weekday: `0 3 1 JAN *`"
    ),
};
pub(super) const WEEKDAY: Field = Field {
    least: 0,
    most: 6,
    names: &[b"SUN", b"MON", b"TUE", b"WED", b"THU", b"FRI", b"SAT"],
    out_of_range: mistake!("a weekday is 0 to 6 or SUN to SAT", "write Sunday as 0 or SUN, not 7"),
};

const STEP: Mistake = mistake!("after `/` stands a step of at least 1", "write `*/15`");
const STEP_TOO_LONG: Mistake = mistake!(
    "the step is longer than its range, so that it never takes one",
    "write a smaller step, or one number"
);
const STEP_ALONE: Mistake =
    mistake!("a step wants a range before it", "write `*/15` or `0-30/15`, not `/15`");
const BACKWARDS: Mistake =
    mistake!("a range runs from the lower to the higher", "write `1-5`, or two ranges joined by a comma");
const LIST: Mistake = mistake!("in a list a number is missing", "write `1,15` without spaces");
const NUMBER: Mistake =
    mistake!("this is no number, name, range or step", "write `5`, `1-5`, `*/15` or `MON-FRI`");

pub(super) const fn check(text: &[u8], field: Field) -> Result<(), Mistake> {
    let mut rest = Some(text);
    while let Some(items) = rest {
        let (item, after) = scan::split(items, b',');
        if item.is_empty() {
            return Err(LIST);
        }
        if let Err(mistake) = check_item(item, field) {
            return Err(mistake);
        }
        rest = after;
    }
    Ok(())
}

/// A number, a range or a star, with or without a step.
const fn check_item(item: &[u8], field: Field) -> Result<(), Mistake> {
    let (range, step) = scan::split(item, b'/');
    let span = match bounds(range, field, step.is_some()) {
        Ok((low, high)) if low <= high => high - low,
        Ok(_) => return Err(BACKWARDS),
        Err(mistake) => return Err(mistake),
    };
    match step {
        None => Ok(()),
        Some(step) => match scan::number(step) {
            Some(0) | None => Err(STEP),
            Some(step) if step > span => Err(STEP_TOO_LONG),
            Some(_) => Ok(()),
        },
    }
}

/// The first and the last number; `5/15` runs from 5 to the end.
const fn bounds(range: &[u8], field: Field, stepped: bool) -> Result<(u64, u64), Mistake> {
    match range {
        [] => return Err(STEP_ALONE),
        [b'*' | b'?'] => return Ok((field.least, field.most)),
        _ => {}
    }
    let (low, high) = scan::split(range, b'-');
    let low = match value(low, field) {
        Ok(low) => low,
        Err(mistake) => return Err(mistake),
    };
    match high {
        Some(high) => match value(high, field) {
            Ok(high) => Ok((low, high)),
            Err(mistake) => Err(mistake),
        },
        None if stepped => Ok((low, field.most)),
        None => Ok((low, low)),
    }
}

const fn value(text: &[u8], field: Field) -> Result<u64, Mistake> {
    let mut index = 0;
    while index < field.names.len() {
        if text.eq_ignore_ascii_case(field.names[index]) {
            return Ok(field.least + index as u64);
        }
        index += 1;
    }
    match scan::number(text) {
        Some(number) if number >= field.least && number <= field.most => Ok(number),
        Some(_) => Err(field.out_of_range),
        None if scan::is_digits(text) => Err(field.out_of_range),
        None => Err(NUMBER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_numbers_names_ranges_and_steps() {
        for text in ["*", "?", "0", "59", "0-59", "5-5", "*/15", "0-30/30", "5/15", "1,2,3-9/2", "007"] {
            assert_eq!(check(text.as_bytes(), MINUTE), Ok(()), "{text}");
        }
        assert_eq!(check(b"JAN,feb-Dec/3", MONTH), Ok(()));
        assert_eq!(check(b"SUN-SAT", WEEKDAY), Ok(()));
    }

    #[test]
    fn every_field_has_its_own_range() {
        for (field, texts) in [
            (MINUTE, ["60", "0-60", "99999999999999999999"]),
            (HOUR, ["24", "24-25", "0,24"]),
            (DAY, ["0", "32", "0-5"]),
            (MONTH, ["0", "13", "JAN-13"]),
            (WEEKDAY, ["7", "1-7", "MON-7"]),
        ] {
            for text in texts {
                assert_eq!(check(text.as_bytes(), field), Err(field.out_of_range), "{text}");
            }
        }
    }

    #[test]
    fn tells_each_mistake() {
        for (text, mistake) in [
            ("*/0", STEP),
            ("*/", STEP),
            ("*/x", STEP),
            ("*/60", STEP_TOO_LONG),
            ("0-30/31", STEP_TOO_LONG),
            ("/15", STEP_ALONE),
            ("5-1", BACKWARDS),
            ("1,,2", LIST),
            ("1,", LIST),
            ("x", NUMBER),
            ("MON", NUMBER),
            ("-5", NUMBER),
            ("*-5", NUMBER),
            ("1-2-3", NUMBER),
        ] {
            assert_eq!(check(text.as_bytes(), MINUTE), Err(mistake), "{text}");
        }
    }
}
