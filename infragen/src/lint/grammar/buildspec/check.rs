//! Holds a tree against the grammar.

use super::shape::{Fields, Shape, told};
use super::syntax::{BUILDSPEC, PHASES};
use crate::nearest::nearest;
use crate::node::{FieldPath, Node, Value};

/// A place where a buildspec is not as it must be.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The field; that which holds it, for one that is missing.
    pub path: FieldPath,
    /// What is wrong.
    pub defect: Defect,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// There is no such field here.
    Unknown {
        /// Its name.
        name: String,
        /// The field that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A phase stands where no phase can.
    PhaseOutOfPlace {
        /// Its name.
        name: String,
    },
    /// The value is not what it must be.
    Malformed {
        /// What it must be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// There are more entries than CodeBuild takes.
    TooMany {
        /// How many it takes.
        most: usize,
    },
    /// None of these fields is there.
    Missing {
        /// Their names.
        names: &'static [&'static str],
    },
}

/// Where a buildspec is not as it must be.
#[must_use]
pub fn faults(root: &Node) -> Vec<Fault> {
    let mut faults = Vec::new();
    check(root, BUILDSPEC, &FieldPath::root(), &mut faults);
    faults
}

fn check(node: &Node, shape: Shape, path: &FieldPath, faults: &mut Vec<Fault>) {
    let is_right = match (shape, &node.value) {
        (Shape::Any, _) => true,
        (Shape::Text, value) => is_scalar(value),
        (Shape::Truth, Value::Bool(_)) => true,
        (Shape::Truth, Value::String(text)) => {
            matches!(text.to_ascii_lowercase().as_str(), "yes" | "no" | "true" | "false")
        }
        (Shape::Count(least), Value::Integer(number)) => *number >= least,
        (Shape::Word(known), Value::String(text)) => known.contains(&text.as_str()) || is_later(text),
        (Shape::AnyCase(known), Value::String(text)) => {
            known.iter().any(|word| word.eq_ignore_ascii_case(text)) || is_later(text)
        }
        (Shape::OnFailure, Value::String(text)) => is_on_failure(text),
        (Shape::Version, value) => is_version(value),
        (Shape::OneOrMany, Value::Sequence(items)) => {
            check_items(items, Shape::Text, path, faults);
            true
        }
        (Shape::OneOrMany, value) => is_scalar(value),
        (Shape::List(of, most), Value::Sequence(items)) => {
            too_many(items.len(), most, path, faults);
            check_items(items, *of, path, faults);
            true
        }
        (Shape::Map(of, most), Value::Mapping(fields)) => {
            too_many(fields.len(), most, path, faults);
            for field in fields {
                check(&field.node, *of, &path.field(&field.name), faults);
            }
            true
        }
        (Shape::Fields(fields), Value::Mapping(_)) => {
            check_fields(node, fields, path, faults);
            true
        }
        _ => false,
    };
    if !is_right {
        let defect = Defect::Malformed { expected: told(shape), found: found(&node.value) };
        faults.push(Fault { path: path.clone(), defect });
    }
}

fn check_items(items: &[Node], of: Shape, path: &FieldPath, faults: &mut Vec<Fault>) {
    for (index, item) in items.iter().enumerate() {
        check(item, of, &path.index(index), faults);
    }
}

fn check_fields(node: &Node, fields: &Fields, path: &FieldPath, faults: &mut Vec<Fault>) {
    for field in node.fields() {
        let path = path.field(&field.name);
        if let Some((_, shape)) = fields.known.iter().find(|(known, _)| *known == field.name) {
            check(&field.node, *shape, &path, faults);
            continue;
        }
        let name = field.name.clone();
        let defect = if PHASES.contains(&field.name.as_str()) {
            Defect::PhaseOutOfPlace { name: name.to_string() }
        } else {
            let nearest = nearest(&name, fields.known.iter().map(|(known, _)| *known));
            Defect::Unknown { name: name.to_string(), nearest }
        };
        faults.push(Fault { path, defect });
    }
    for names in fields.needs {
        if names.iter().all(|name| node.get(name).is_none()) {
            faults.push(Fault { path: path.clone(), defect: Defect::Missing { names } });
        }
    }
}

fn too_many(number: usize, most: usize, path: &FieldPath, faults: &mut Vec<Fault>) {
    if number > most {
        faults.push(Fault { path: path.clone(), defect: Defect::TooMany { most } });
    }
}

const fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Bool(_) | Value::Integer(_) | Value::Float(_))
}

/// Whether the value is known only when the build runs.
fn is_later(text: &str) -> bool {
    text.contains('$')
}

fn is_version(value: &Value) -> bool {
    match value {
        Value::Float(number) => number.to_string() == "0.2" || number.to_string() == "0.1",
        Value::String(text) => text == "0.2" || text == "0.1",
        _ => false,
    }
}

/// `RETRY-<count>-<pattern>`, where count and pattern may each be absent.
fn is_on_failure(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("RETRY") else { return matches!(text, "ABORT" | "CONTINUE") };
    let Some(rest) = rest.strip_prefix('-') else { return rest.is_empty() };
    let count = rest.split('-').next().unwrap_or(rest);
    let is_count = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    !rest.is_empty() && (!is_count || count.parse::<u32>().is_ok_and(|count| count <= 100))
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(truth) => format!("`{truth}`"),
        Value::Integer(number) => format!("`{number}`"),
        Value::Float(number) => format!("`{number}`"),
        Value::String(text) => format!("`{text}`"),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn told(yaml: &str) -> Vec<String> {
        let nodes = read::objects(yaml).unwrap();
        faults(&nodes[0]).into_iter().map(|fault| format!("{}: {:?}", fault.path, fault.defect)).collect()
    }

    #[test]
    fn every_key_that_there_is_may_be_written() {
        let everything = include_str!("../../../codebuild/buildspec/everything.yaml");
        assert_eq!(told(everything), Vec::<String>::new());
        for batch in [
            "build-graph: [{identifier: a, buildspec: a.yml, debug-session: yes, env: {compute-type: BUILD_GENERAL1_SMALL, \
             image: i, privileged-mode: true, type: LINUX_CONTAINER, variables: {A: 1}}, ignore-failure: no}, \
             {identifier: b, depend-on: [a], env: {fleet: arn}}]",
            "build-list: [{identifier: a}]",
            "build-matrix: {static: {ignore-failure: true, env: {privileged-mode: true, type: ARM_CONTAINER}}, dynamic: \
             {buildspec: [a], env: {compute-type: [BUILD_GENERAL1_LARGE], image: [i], variables: {A: [b]}}}}",
            "build-fanout: {parallelism: 3, ignore-failure: false}",
        ] {
            let yaml = format!(
                "version: 0.2\nbatch: {{fast-fail: true, {batch}}}\nphases: {{build: {{steps: []}}}}"
            );
            assert_eq!(told(&yaml), Vec::<String>::new(), "{batch}");
        }
    }

    #[test]
    fn every_key_misspelt_is_unknown() {
        let everything = include_str!("../../../codebuild/buildspec/everything.yaml");
        let mut tried = 0;
        let maps_of_names = [
            "variables",
            "parameter-store",
            "secrets-manager",
            "runtime-versions",
            "reports",
            "secondary-artifacts",
        ];
        let mut parents: Vec<(usize, String)> = Vec::new();
        for (at, line) in everything.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            parents.retain(|(depth, _)| *depth < indent);
            let Some((key, _)) = line.trim_start().split_once(':') else { continue };
            if key.starts_with(['#', '-']) {
                continue;
            }
            let of_ones_own =
                parents.last().is_some_and(|(_, parent)| maps_of_names.contains(&parent.as_str()));
            parents.push((indent, key.to_owned()));
            if of_ones_own {
                continue;
            }
            let mut lines: Vec<String> = everything.lines().map(str::to_owned).collect();
            lines[at] = line.replacen(key, &format!("{key}x"), 1);
            let told = told(&lines.join("\n"));
            assert!(told.iter().any(|fault| fault.contains("Unknown")), "{line}: {told:?}");
            tried += 1;
        }
        assert!(tried > 40, "{tried}");
    }

    #[test]
    fn what_happens_on_failure_has_a_grammar() {
        for (text, expected) in [
            ("ABORT", true),
            ("CONTINUE", true),
            ("RETRY", true),
            ("RETRY-3", true),
            ("RETRY-100", true),
            ("RETRY-101", false),
            ("RETRY-.*timeout.*", true),
            ("RETRY-2-.*timeout-of.*", true),
            ("RETRY-", false),
            ("RETRYING", false),
            ("abort", false),
            ("", false),
        ] {
            assert_eq!(is_on_failure(text), expected, "{text}");
        }
    }
}
