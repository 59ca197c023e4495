//! Schedules of CronJobs, as `github.com/robfig/cron/v3`'s standard parser reads them.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// A field: the first and the last of its values, and their names.
type Bounds = (u32, u32, &'static [&'static str]);
const FIELDS: [Bounds; 5] = [(0, 59, &[]), (0, 23, &[]), (1, 31, &[]), (1, 12, &MONTHS), (0, 6, &DAYS)];

/// Whether the text is a schedule: five fields, or a word such as `@daily`.
#[must_use]
pub fn is_schedule(text: &str) -> bool {
    if let Some(word) = text.strip_prefix('@') {
        return matches!(
            word,
            "yearly" | "annually" | "monthly" | "weekly" | "daily" | "midnight" | "hourly"
        ) || word.strip_prefix("every ").is_some_and(is_duration);
    }
    let fields: Vec<_> = text.split_whitespace().collect();
    fields.len() == FIELDS.len()
        && fields.iter().zip(FIELDS).all(|(field, bounds)| {
            field.split(',').filter(|part| !part.is_empty()).all(|part| is_range(part, bounds))
        })
}

fn is_range(text: &str, bounds: Bounds) -> bool {
    let (range, step) = match text.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (text, None),
    };
    let step_is_one = step.is_none_or(|step| number(step).is_some_and(|step| step > 0));
    let (first, last) = match range.split_once('-') {
        _ if matches!(range, "*" | "?") => (Some(bounds.0), Some(bounds.1)),
        Some((first, last)) => (value(first, bounds), value(last, bounds)),
        None => (value(range, bounds), value(range, bounds)),
    };
    let (Some(first), Some(last)) = (first, last) else { return false };
    step_is_one && bounds.0 <= first && first <= last && last <= bounds.1
}

fn value(text: &str, (first, _, names): Bounds) -> Option<u32> {
    let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
    named.and_then(|index| u32::try_from(index).ok()).map(|index| index + first).or_else(|| number(text))
}

fn number(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Go's durations: `1h30m`, `1.5s`.
fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let unit = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        let number = &rest[..rest.len() - unit.len()];
        let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.matches('.').count() <= 1;
        let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"];
        let Some(after) = units.iter().find_map(|name| unit.strip_prefix(name)).filter(|_| is_number) else {
            return false;
        };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_schedule;

    #[test]
    fn a_schedule_is_read_as_the_api_server_reads_it() {
        for text in [
            "0 3 * * *",
            "*/5 * * * *",
            "0,30 9-17/2 1 JAN-mar Mon-FRI",
            "@daily",
            "@every 1h30m",
            "5/15 * ? * *",
            " 0  3 * * 0 ",
        ] {
            assert!(is_schedule(text), "{text}");
        }
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "0 24 * * *",
            "0 0 0 * *",
            "0 0 * 13 *",
            "0 0 * * 7",
            "*/0 * * * *",
            "5-1 * * * *",
            "-1 * * * *",
            "a * * * *",
            "@never",
            "@every",
            "@every 5",
            "1-2-3 * * * *",
        ] {
            assert!(!is_schedule(text), "{text}");
        }
    }
}
