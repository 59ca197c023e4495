use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::{Node, Value};

declare_rule! {
    /// Flags policies of a Job about success whose rules ask for indexes that it does not have.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Job.
    ///
    /// ## Fields
    /// `successPolicy.rules[]` of Jobs.
    ///
    /// ## Allowed values
    /// At least one rule, with `succeededIndexes`, `succeededCount` or both; indexes in ascending order below `completions`, such as
    /// `0,2-4`; a count from 0, of at most that many.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec: {completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededIndexes: '3'}]}}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: load}
    /// spec: {completionMode: Indexed, completions: 3, successPolicy: {rules: [{succeededIndexes: '2'}]}}
    /// ```
    CONTRADICTORY_SUCCESS_RULE = {
        id: "contradictory-success-rule",
        category: Admission,
        severity: Error,
        look: Object(&["Job", "CronJob"], contradictory_success_rule),
    }
}

fn contradictory_success_rule(object: &Object<'_>, findings: &mut Findings<'_>) {
    let place: &[&str] = if object.kind == "Job" { &["spec"] } else { &["spec", "jobTemplate", "spec"] };
    let Some(job) = object.at(place).filter(|job| job.text_at(&["completionMode"]) == Some("Indexed")) else {
        return;
    };
    let (Some(policy), Some(completions)) =
        (job.get("successPolicy"), job.get("completions").and_then(Node::as_i64))
    else {
        return;
    };
    let rules = policy.get("rules").map_or(&[][..], Node::items);
    let path = || object.path(place).fields(&["successPolicy", "rules"]);
    if rules.is_empty() && policy.value != Value::Null {
        findings.report(path(), "there is no rule of success").help("add one, or remove `successPolicy`");
    }
    for (index, rule) in rules.iter().enumerate() {
        let indexes = rule.get("succeededIndexes").and_then(Node::as_str);
        let count = rule.get("succeededCount").and_then(Node::as_i64);
        let known = indexes.map(|indexes| number_of(indexes, completions));
        let message = match (known, count) {
            (None, None) => "the rule asks for nothing".to_owned(),
            (Some(None), _) => format!("these are no indexes below {completions} in ascending order"),
            (known, Some(count)) if !(0..=known.flatten().unwrap_or(completions)).contains(&count) => {
                format!("{count} indexes are none that can succeed")
            }
            _ => continue,
        };
        findings
            .report(path().index(index), message)
            .help("set `succeededIndexes`, such as `0,2-4`, or a `succeededCount` of at most that many");
    }
}

/// How many indexes are named, if they are below the limit and in order.
fn number_of(indexes: &str, limit: i64) -> Option<i64> {
    let (mut count, mut last) = (0, -1);
    for part in indexes.split(',').filter(|_| !indexes.is_empty()) {
        let (first, end) = match part.split_once('-') {
            Some((first, end)) => (
                first.parse::<i64>().ok()?,
                end.parse::<i64>().ok().filter(|end| Some(*end) > first.parse().ok())?,
            ),
            None => (part.parse::<i64>().ok()?, part.parse::<i64>().ok()?),
        };
        if first <= last || end >= limit {
            return None;
        }
        count += end - first + 1;
        last = end;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn indexes_are_read_as_the_api_server_reads_them() {
        for (indexes, expected) in [("", Some(0)), ("0", Some(1)), ("0,2-4", Some(4))] {
            assert_eq!(number_of(indexes, 5), expected, "{indexes}");
        }
        for indexes in ["5", "1,0", "0-5", "2-2", "a", "0,", "-1", "1-"] {
            assert_eq!(number_of(indexes, 5), None, "{indexes}");
        }
    }
}
