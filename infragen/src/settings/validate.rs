//! What a project says once about `infragen validate`, so that nobody has to say it on each command line.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{fmt, marker::PhantomData};

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, IntoDeserializer, SeqAccess, Visitor};

use crate::diagnostic::Severity;
use crate::lint::pod_security::Level;
use crate::spec::quantity::KubernetesVersion;

/// What `infragen validate` looks for, unless its arguments say otherwise. A list may also be text with commas.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ValidateSettings {
    /// The only rules to run.
    #[serde(deserialize_with = "list")]
    pub select: Vec<String>,
    /// The rules to run besides those that run by default.
    #[serde(deserialize_with = "list")]
    pub optional: Vec<String>,
    /// The rules to leave out.
    #[serde(deserialize_with = "list")]
    pub ignore: Vec<String>,
    /// The least severity that makes the exit code 1.
    pub severity: Option<Severity>,
    /// The severity of single rules' findings, in place of their own. What may be rendered is judged by their own.
    pub severities: BTreeMap<String, Severity>,
    /// The minor versions of Kubernetes to check against, such as `1.34`.
    #[serde(deserialize_with = "list")]
    #[schemars(with = "Vec<String>")]
    pub kubernetes_version: Vec<KubernetesVersion>,
    /// Kinds of somebody's own definitions that need no schema. They may be rendered, too.
    #[serde(deserialize_with = "list")]
    pub allow_kind: Vec<String>,
    /// Files and folders with CustomResourceDefinitions, seen from this file. Their kinds may be rendered, too.
    #[serde(deserialize_with = "list")]
    pub crds: Vec<PathBuf>,
    /// The Pod Security level that every Pod is held to: `privileged`, `baseline` or `restricted`.
    #[schemars(with = "Option<String>", regex(pattern = "^(privileged|baseline|restricted)$"))]
    pub pod_security: Option<Level>,
}

/// A list, or text with a comma between its items, as in a variable.
fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_any(List(PhantomData))
}

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list, or text with commas")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items.map(|item| T::deserialize(item.to_owned().into_deserializer())).collect()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Vec<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items))
    }
}
