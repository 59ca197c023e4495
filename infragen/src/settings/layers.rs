//! The layers that a run's settings are read from, by figment: a file, then variables, then `--set`.
//!
//! Values of variables and of `--set` are text: an account keeps its zeros, and the tag `1e3` its letter. One that
//! starts with `{` is an inline table of TOML.

use std::borrow::Cow;
use std::collections::BTreeMap;

use figment::providers::{Format as _, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::lines::{line_of, lines};
use super::{Settings, SettingsError};

/// The variables that settings are read from start with this.
pub const PREFIX: &str = "INFRAGEN_";
/// Parts the keys in a variable's name.
const NESTING: &str = "__";

/// The settings of a run, layer by layer; a later layer decides.
#[derive(Debug, Default)]
pub struct Layers(Vec<Layer>);

/// What one provider says.
#[derive(Clone, Debug)]
struct Layer {
    /// Such as `infragen.toml`, `variable INFRAGEN_VERSION` or `--set`.
    name: String,
    keys: Dict,
    /// The lines of its keys, in a file.
    lines: BTreeMap<String, usize>,
}

impl Layers {
    /// Adds a file's text.
    ///
    /// # Errors
    /// When it is no TOML.
    pub fn file(&mut self, name: &str, text: &str) -> Result<(), SettingsError> {
        let keys = toml(text).map_err(|reason| SettingsError::NotToml {
            provider: name.to_owned(),
            reason: reason.trim_end().to_owned(),
        })?;
        self.push(Layer { name: name.to_owned(), keys, lines: lines(text) });
        Ok(())
    }

    /// Adds a variable, whose name after [`PREFIX`] is a key: in lower case, `__` for the dots, `_` for hyphens.
    ///
    /// # Errors
    /// When its value starts with `{` and is no inline table.
    pub fn variable(&mut self, name: &str, value: &str) -> Result<(), SettingsError> {
        let key = name.strip_prefix(PREFIX).unwrap_or(name).to_ascii_lowercase();
        let path: Vec<String> = key.split(NESTING).map(|part| part.replace('_', "-")).collect();
        self.push_value(format!("variable {name}"), &path, value)
    }

    /// Adds an assignment such as `images.coworking-analytics.tag=1.4.2`. A part of the key that holds a dot is quoted.
    ///
    /// # Errors
    /// When it is no assignment, or its value starts with `{` and is no inline table.
    pub fn set(&mut self, assignment: &str) -> Result<(), SettingsError> {
        let not_an_assignment = || SettingsError::NotAnAssignment(assignment.to_owned());
        let (key, value) = assignment.split_once('=').ok_or_else(not_an_assignment)?;
        let path = path(key.trim()).ok_or_else(not_an_assignment)?;
        self.push_value("--set".to_owned(), &path, value)
    }

    /// All layers as one.
    ///
    /// # Errors
    /// When a key is unknown or a value is wrong: names the key and its provider.
    pub fn settings(&self) -> Result<Settings, SettingsError> {
        let figment = self.0.iter().fold(Figment::new(), |figment, layer| figment.merge(layer));
        let (providers, places) = self.providers();
        match figment.extract::<Settings>() {
            Ok(settings) => Ok(Settings { providers, places, ..settings }),
            Err(error) => Err(SettingsError::of(error, &places)),
        }
    }

    fn push_value(&mut self, name: String, path: &[String], text: &str) -> Result<(), SettingsError> {
        let value = if text.trim_start().starts_with('{') {
            let table = toml(&format!("value = {text}")).map_err(|reason| SettingsError::NotATable {
                provider: name.clone(),
                key: path.join("."),
                reason,
            })?;
            table.into_values().next().unwrap_or_else(|| Value::from(text))
        } else {
            Value::from(text)
        };
        let nested =
            path.iter().rev().fold(value, |value, part| Value::from(Dict::from([(part.clone(), value)])));
        let keys = nested.into_dict().unwrap_or_default();
        self.push(Layer { name, keys, lines: BTreeMap::new() });
        Ok(())
    }

    /// A digest decides before a tag, but not one of an earlier layer: who sets a tag wants that tag to run.
    fn push(&mut self, layer: Layer) {
        let images = layer.keys.get("images").and_then(Value::as_dict).into_iter().flatten();
        for (repository, image) in images {
            let Some(image) = image.as_dict() else { continue };
            if image.contains_key("tag") && !image.contains_key("digest") {
                for earlier in &mut self.0 {
                    earlier.forget_digest(repository);
                }
            }
        }
        self.0.push(layer);
    }

    /// What gave each key, the last one to do so; by name, and with the line where there is one.
    fn providers(&self) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
        let (mut providers, mut places) = (BTreeMap::new(), BTreeMap::new());
        for layer in &self.0 {
            let mut keys = Vec::new();
            note(&layer.keys, "", &mut keys);
            for key in keys {
                let line = line_of(&layer.lines, &key).map(|line| format!(":{line}")).unwrap_or_default();
                places.insert(key.clone(), format!("{}{line}", layer.name));
                providers.insert(key, layer.name.clone());
            }
        }
        (providers, places)
    }
}

/// Each whole key.
fn note(keys: &Dict, above: &str, whole: &mut Vec<String>) {
    for (key, value) in keys {
        let path = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        if let Some(below) = value.as_dict() {
            note(below, &path, whole);
        }
        whole.push(path);
    }
}

impl Layer {
    fn forget_digest(&mut self, repository: &str) {
        let Some(Value::Dict(_, images)) = self.keys.get_mut("images") else { return };
        if let Some(Value::Dict(_, image)) = images.get_mut(repository) {
            image.remove("digest");
        }
    }
}

impl Provider for &Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(Cow::Owned(self.name.clone()))
    }

    fn data(&self) -> figment::Result<Map<Profile, Dict>> {
        Ok(Profile::Default.collect(self.keys.clone()))
    }
}

fn toml(text: &str) -> Result<Dict, String> {
    let mut profiles = Toml::string(text).data().map_err(|error| error.to_string())?;
    Ok(profiles.remove(&Profile::Default).unwrap_or_default())
}

/// The parts between the dots of a key; nothing when one is empty or a quote is left open.
fn path(key: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = key;
    loop {
        let (part, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        if part.is_empty() {
            return None;
        }
        parts.push(part.to_owned());
        if after.is_empty() {
            return Some(parts);
        }
        rest = after.strip_prefix('.')?;
    }
}

#[cfg(test)]
mod tests;
