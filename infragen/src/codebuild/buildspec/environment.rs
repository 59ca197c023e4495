//! `env`: the shell, and the variables with where each comes from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use thiserror::Error;

use super::optional;

/// The shell and the variables of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// What runs the commands; `sh` on Linux when absent.
    pub shell: Option<Shell>,
    /// The variables. One name has one source.
    pub variables: BTreeMap<BuildVariable, Source>,
    /// Whether git may ask CodeBuild for the source's credentials.
    pub git_credential_helper: bool,
}

/// What runs the commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Shell {
    /// Bash.
    #[serde(rename = "bash")]
    Bash,
    /// The POSIX shell.
    #[serde(rename = "/bin/sh")]
    Sh,
    /// PowerShell, on Windows.
    #[serde(rename = "powershell.exe")]
    PowerShell,
    /// The command prompt, on Windows.
    #[serde(rename = "cmd.exe")]
    Cmd,
}

/// Where a variable comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Plain text; never a secret.
    Plain {
        /// What it holds. `$` is not expanded.
        value: String,
        /// Whether a later stage of CodePipeline reads it.
        exported: bool,
    },
    /// Set by the build's commands, for a later stage of CodePipeline to read.
    Commands,
    /// A parameter of Systems Manager, by its name.
    Parameter(String),
    /// A secret of Secrets Manager.
    Secret(SecretReference),
}

/// A value in Secrets Manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretReference {
    /// The secret's name or ARN.
    pub secret: String,
    /// The key in its JSON; the whole text when absent.
    pub key: Option<String>,
    /// Which version; the current one when absent.
    pub version: Option<SecretVersion>,
}

/// Which version of a secret: by stage or by id, never by both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretVersion {
    /// By its stage, such as `AWSPREVIOUS`.
    Stage(String),
    /// By its unique id.
    Id(String),
}

/// A variable's name, which is not one of those that CodeBuild sets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct BuildVariable(String);

/// A name that no variable of a build may have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BuildVariableError {
    /// A shell cannot name it.
    #[error("`{0}` is not a variable's name: a letter or `_`, then letters, digits and `_`")]
    NotAName(String),
    /// CodeBuild sets it.
    #[error("`{0}` begins with `CODEBUILD_`, as CodeBuild's own variables do")]
    Reserved(String),
}

impl TryFrom<&str> for BuildVariable {
    type Error = BuildVariableError;

    fn try_from(name: &str) -> Result<Self, BuildVariableError> {
        let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if !begins || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
            return Err(BuildVariableError::NotAName(name.to_owned()));
        }
        if name.starts_with("CODEBUILD_") {
            return Err(BuildVariableError::Reserved(name.to_owned()));
        }
        Ok(Self(name.to_owned()))
    }
}

impl fmt::Display for SecretReference {
    /// `secret:key:stage:id`, without the empty end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key.as_deref().unwrap_or_default();
        match &self.version {
            Some(SecretVersion::Stage(stage)) => write!(f, "{}:{key}:{stage}", self.secret),
            Some(SecretVersion::Id(id)) => write!(f, "{}:{key}::{id}", self.secret),
            None if key.is_empty() => f.write_str(&self.secret),
            None => write!(f, "{}:{key}", self.secret),
        }
    }
}

impl Environment {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn of<'a, T>(&'a self, pick: impl Fn(&'a Source) -> Option<T>) -> Option<BTreeMap<&'a BuildVariable, T>> {
        let picked: BTreeMap<_, _> =
            self.variables.iter().filter_map(|(name, source)| Some((name, pick(source)?))).collect();
        Some(picked).filter(|picked| !picked.is_empty())
    }

    fn exported(&self) -> Option<BTreeSet<&BuildVariable>> {
        let exported: BTreeSet<_> = self
            .variables
            .iter()
            .filter(|(_, source)| matches!(source, Source::Commands | Source::Plain { exported: true, .. }))
            .map(|(name, _)| name)
            .collect();
        Some(exported).filter(|exported| !exported.is_empty())
    }
}

impl Serialize for Environment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plain = self.of(|source| match source {
            Source::Plain { value, .. } => Some(value),
            _ => None,
        });
        let parameters = self.of(|source| match source {
            Source::Parameter(name) => Some(name),
            _ => None,
        });
        let secrets = self.of(|source| match source {
            Source::Secret(reference) => Some(reference.to_string()),
            _ => None,
        });
        let mut env = serializer.serialize_struct("Environment", 6)?;
        optional(&mut env, "shell", self.shell.as_ref())?;
        optional(&mut env, "variables", plain.as_ref())?;
        optional(&mut env, "parameter-store", parameters.as_ref())?;
        optional(&mut env, "secrets-manager", secrets.as_ref())?;
        optional(&mut env, "exported-variables", self.exported().as_ref())?;
        optional(&mut env, "git-credential-helper", Some(&true).filter(|_| self.git_credential_helper))?;
        env.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{BuildVariable, BuildVariableError, SecretReference, SecretVersion};

    #[test]
    fn a_secret_is_named_by_up_to_four_parts() {
        let stage = SecretVersion::Stage("AWSPREVIOUS".to_owned());
        let id = SecretVersion::Id("7f".to_owned());
        for (key, version, written) in [
            (None, None, "db"),
            (Some("password"), None, "db:password"),
            (Some("password"), Some(stage.clone()), "db:password:AWSPREVIOUS"),
            (Some("password"), Some(id), "db:password::7f"),
            (None, Some(stage), "db::AWSPREVIOUS"),
        ] {
            let reference = SecretReference { secret: "db".to_owned(), key: key.map(str::to_owned), version };
            assert_eq!(reference.to_string(), written);
        }
    }

    #[test]
    fn codebuilds_own_names_and_what_is_no_name_are_refused() {
        assert!(BuildVariable::try_from("IMAGE_DIGEST").is_ok());
        for name in ["", "1ST", "a-b", "a b"] {
            assert_eq!(BuildVariable::try_from(name), Err(BuildVariableError::NotAName(name.to_owned())));
        }
        let reserved = "CODEBUILD_BUILD_ID";
        assert_eq!(BuildVariable::try_from(reserved), Err(BuildVariableError::Reserved(reserved.to_owned())));
    }
}
