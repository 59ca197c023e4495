//! A text that must not be seen.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::SettingsError;

/// A text that must not be seen: it prints as `[secret]`, and is not `Serialize`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The secret of the variable `name`: its value, or the text of the file that `file_name` names, without one
    /// newline at its end.
    pub(crate) fn given(
        name: &'static str,
        value: Option<&Secret>,
        file_name: &'static str,
        file: Option<&Path>,
    ) -> Result<Option<Secret>, SettingsError> {
        let file = match (value, file) {
            (Some(_), Some(_)) => return Err(SettingsError::Twice { name }),
            (value, None) => return Ok(value.cloned()),
            (None, Some(file)) => file,
        };
        let text = fs::read_to_string(file).map_err(|source| SettingsError::SecretFile {
            name: file_name,
            path: file.to_owned(),
            source,
        })?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.contains('\0') {
            return Err(SettingsError::Nul { name: file_name });
        }
        Ok(Some(Secret::new(text)))
    }

    /// Whether the text holds what a URL would read as an escape: `%` and two hexadecimal digits.
    pub(crate) fn has_percent_escape(&self) -> bool {
        self.0
            .as_bytes()
            .windows(3)
            .any(|three| three[0] == b'%' && three[1].is_ascii_hexdigit() && three[2].is_ascii_hexdigit())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl JsonSchema for Secret {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "string", "writeOnly": true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn does_not_print() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "[secret]");
    }

    #[test]
    fn knows_a_percent_escape() {
        for (text, expected) in
            [("p%40ss", true), ("%2f", true), ("100%", false), ("%4", false), ("%zz", false)]
        {
            assert_eq!(Secret::new(text).has_percent_escape(), expected, "{text}");
        }
    }
}
