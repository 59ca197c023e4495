//! `cargo xtask yaml`: a real reader of YAML 1.1 finds in every file what was put in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use serde::Deserialize as _;
use serde_json::Value;

use crate::console::{note, say, skipped};
use crate::debian::{self, PYYAML};
use crate::project;
use crate::run::{cargo, command, run, text};

const READER: &str = include_str!("yaml/read.py");

/// Reads every rendered file with PyYAML, a YAML 1.1 reader, and compares the values
///
/// Objects must be what `infragen render --format json` gives; everything must be what a reader of YAML 1.2
/// finds.
#[derive(Args)]
pub(crate) struct Yaml {}

impl Yaml {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some((_, why)) = debian::provide(&[&PYYAML])?.first() {
            skipped("the reader of YAML 1.1", why);
            return Ok(());
        }
        let folder = project::generated();
        let files = files_below(&folder, &["yaml", "yml"])?;
        if files.is_empty() {
            bail!("there is no YAML below {}: run `cargo infragen render --all`", folder.display());
        }
        let json = tempfile::tempdir()?;
        run(cargo().args(["infragen", "render", "--all", "--format", "json", "--out"]).arg(json.path()))?;

        let printed = text(command("python3").args(["-c", READER]).args(&files))?;
        let found: BTreeMap<PathBuf, Vec<Value>> = serde_json::from_str(&printed)?;
        let mut wrong = 0;
        let mut objects = 0;
        for (path, values) in &found {
            let name = path.strip_prefix(&folder).unwrap_or(path);
            let mut expected = vec![("a reader of YAML 1.2", documents(path)?)];
            if let Some(values) = json_of(&json.path().join(name))? {
                objects += values.len();
                expected.push(("the JSON", values));
            }
            for (whose, expected) in expected {
                if let Some(difference) = differences(values, &expected) {
                    note(format_args!("{}: PyYAML and {whose} differ: {difference}", name.display()));
                    wrong += 1;
                }
            }
        }
        if wrong > 0 {
            bail!("{wrong} files are not read alike");
        }
        say(format_args!(
            "yaml: PyYAML and a reader of YAML 1.2 read {} files alike; {objects} objects are those of the JSON",
            found.len()
        ));
        Ok(())
    }
}

/// All documents of a file, as a reader of YAML 1.2 finds them.
pub(crate) fn documents(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_yaml::Deserializer::from_str(&text)
        .map(|document| {
            Value::deserialize(document).with_context(|| format!("cannot read {}", path.display()))
        })
        .collect()
}

/// All files below a folder that end so, in order.
pub(crate) fn files_below(folder: &Path, extensions: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extensions.iter().any(|one| extension == *one))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The objects that were rendered as JSON; none for what is YAML always.
fn json_of(yaml: &Path) -> anyhow::Result<Option<Vec<Value>>> {
    let path = yaml.with_extension("json");
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path)?;
    let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&text).into_iter().collect();
    Ok(Some(values.with_context(|| format!("cannot read {}", path.display()))?))
}

/// The first place where two files differ.
fn differences(found: &[Value], expected: &[Value]) -> Option<String> {
    if found.len() != expected.len() {
        return Some(format!("{} documents against {}", found.len(), expected.len()));
    }
    found.iter().zip(expected).find_map(|(found, expected)| difference("", found, expected))
}

fn difference(place: &str, found: &Value, expected: &Value) -> Option<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            if let Some(key) = found
                .keys()
                .chain(expected.keys())
                .find(|key| !(found.contains_key(*key) && expected.contains_key(*key)))
            {
                return Some(format!("{place}.{key} is in one alone"));
            }
            found.iter().find_map(|(key, value)| {
                difference(&format!("{place}.{key}"), value, expected.get(key).unwrap_or(&Value::Null))
            })
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            let pairs = found.iter().zip(expected).enumerate();
            let mut pairs =
                pairs.map(|(index, (found, expected))| (format!("{place}[{index}]"), found, expected));
            pairs.find_map(|(place, found, expected)| difference(&place, found, expected))
        }
        _ if found == expected => None,
        _ => Some(format!("{place} is {found} against {expected}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_difference_names_its_place() {
        let pod = json!({"spec": {"containers": [{"name": "a", "tty": true}]}});
        let other = json!({"spec": {"containers": [{"name": "a", "tty": "yes"}]}});
        assert_eq!(difference("", &pod, &pod), None);
        assert_eq!(
            difference("", &pod, &other).as_deref(),
            Some(".spec.containers[0].tty is true against \"yes\"")
        );
        assert_eq!(difference("", &json!({"a": 1}), &json!({})).as_deref(), Some(".a is in one alone"));
        assert_eq!(difference("", &json!(1), &json!(1.0)).as_deref(), Some(" is 1 against 1.0"));
    }
}
