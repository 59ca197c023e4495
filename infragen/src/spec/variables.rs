//! What a program reads from its environment, and where each value comes from.

use super::network::Dependency;
use super::quantity::{DataKey, DnsLabel, VariableName};
use crate::origin::{Chosen, Origin};

/// One variable of a container.
#[derive(Clone, Debug)]
pub struct Variable {
    pub(crate) name: VariableName,
    pub(crate) value: VariableValue,
    pub(crate) origin: Origin,
}

/// Where a variable's value comes from.
#[derive(Clone, Debug)]
pub enum VariableValue {
    /// Plain text, which goes into the workload's ConfigMap.
    Text(Text),
    /// A key of a Secret.
    Secret(SecretKey),
    /// A key of a ConfigMap that somebody else made.
    Config(ConfigKey),
    /// What Kubernetes knows about the Pod.
    Downward(Downward),
}

/// Plain text, and the network path that a program needs which reads it.
#[derive(Clone, Debug)]
pub struct Text {
    pub(crate) text: String,
    pub(crate) needs: Option<Dependency>,
    pub(crate) budget: Option<Budget>,
}

/// How many connections each Pod opens at most to one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    pub(crate) host: String,
    pub(crate) connections: u32,
}

impl Text {
    pub(crate) const fn plain(text: String) -> Self {
        Self { text, needs: None, budget: None }
    }

    pub(crate) const fn needing(text: String, needs: Dependency) -> Self {
        Self { text, needs: Some(needs), budget: None }
    }
}

/// One key of a Secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretKey {
    pub(crate) secret: DnsLabel,
    pub(crate) key: DataKey,
}

/// One key of a ConfigMap that exists already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigKey {
    pub(crate) config_map: DnsLabel,
    pub(crate) key: DataKey,
}

/// What the Downward API tells a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Downward {
    /// The Pod's own name.
    PodName,
    /// The namespace that it runs in.
    Namespace,
    /// Its address.
    PodIp,
    /// The node that it runs on.
    NodeName,
    /// Its service account.
    ServiceAccount,
    /// The container's CPU limit, in whole cores, rounded up.
    CpuLimit,
    /// The container's memory limit, in bytes.
    MemoryLimit,
}

impl From<&str> for VariableValue {
    fn from(text: &str) -> Self {
        Self::Text(Text::plain(text.to_owned()))
    }
}

impl From<String> for VariableValue {
    fn from(text: String) -> Self {
        Self::Text(Text::plain(text))
    }
}

macro_rules! plain_text {
    ($($from:ty),+) => {$(
        impl From<$from> for VariableValue {
            fn from(value: $from) -> Self {
                Self::from(value.to_string())
            }
        }
    )+};
}

plain_text!(bool, u16, u32, u64, i32, i64);
plain_text!(super::quantity::Port, super::quantity::HostName, DnsLabel);

impl From<super::quantity::Seconds> for VariableValue {
    fn from(seconds: super::quantity::Seconds) -> Self {
        Self::from(seconds.number())
    }
}

impl From<Text> for VariableValue {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<SecretKey> for VariableValue {
    fn from(key: SecretKey) -> Self {
        Self::Secret(key)
    }
}

impl From<ConfigKey> for VariableValue {
    fn from(key: ConfigKey) -> Self {
        Self::Config(key)
    }
}

impl From<Downward> for VariableValue {
    fn from(field: Downward) -> Self {
        Self::Downward(field)
    }
}

/// What a program reads, taken from the JSON Schema of the type that it reads it into.
///
/// Properties are the variables' names, `required` lists those without which it does not start,
/// and `writeOnly` marks a secret.
#[derive(Clone, Debug, Default)]
pub struct Contract {
    pub(crate) variables: Vec<ContractVariable>,
}

/// One variable that a program knows.
#[derive(Clone, Debug)]
pub(crate) struct ContractVariable {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) secret: bool,
}

impl From<&schemars::Schema> for Contract {
    fn from(schema: &schemars::Schema) -> Self {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(|names| names.as_array())
            .map(|names| names.iter().filter_map(|name| name.as_str()).collect())
            .unwrap_or_default();
        let variables = schema
            .get("properties")
            .and_then(|properties| properties.as_object())
            .into_iter()
            .flatten()
            .map(|(name, property)| ContractVariable {
                name: name.clone(),
                required: required.contains(&name.as_str()),
                secret: property.get("writeOnly").and_then(serde_json::Value::as_bool).unwrap_or(false),
            })
            .collect();
        Self { variables }
    }
}

impl From<schemars::Schema> for Contract {
    fn from(schema: schemars::Schema) -> Self {
        Self::from(&schema)
    }
}

/// A contract, and where it was given.
pub(crate) type GivenContract = Chosen<Contract>;
