//! The environment as a figment provider that takes every value literally.

use std::ffi::OsString;

use figment::value::{Dict, Map, Value};
use figment::{Error, Figment, Metadata, Profile, Provider};

use crate::Settings;

/// The settings' variables, each as the text that it is.
///
/// figment's own `Env` reads `0123` as a number and `true` as a boolean, so that a password of that
/// shape would be another one. A variable that is set to nothing counts as unset, but for
/// `DB_PASSWORD`: an empty password is one.
#[derive(Clone, Debug)]
pub struct Variables {
    dict: Dict,
    /// The last variable that is not UTF-8.
    not_text: Option<String>,
}

/// The figment of this run: the variables of the environment.
pub fn figment() -> Figment {
    Figment::from(Variables::from_lookup(|name| std::env::var_os(name)))
}

impl Variables {
    /// The variables that `lookup` knows.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<OsString>) -> Variables {
        let mut variables = Variables { dict: Dict::new(), not_text: None };
        for name in Settings::variables() {
            match lookup(&name).map(OsString::into_string) {
                Some(Ok(text)) if text.is_empty() && name != "DB_PASSWORD" => {}
                Some(Ok(text)) => drop(variables.dict.insert(name, Value::from(text))),
                Some(Err(_)) => variables.not_text = Some(name),
                None => {}
            }
        }
        variables
    }
}

impl Provider for Variables {
    fn metadata(&self) -> Metadata {
        Metadata::named("the environment").interpolater(|_, keys| keys.join("."))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        match &self.not_text {
            Some(name) => Err(Error::from(format!("`{name}` is not UTF-8"))),
            None => Ok(Map::from([(Profile::Default, self.dict.clone())])),
        }
    }
}
