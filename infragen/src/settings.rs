//! What only the run knows: which image, which account. Everything else stands in the environments.

mod error;
mod layers;
mod lines;
mod validate;

use std::collections::BTreeMap;

pub use error::SettingsError;
pub use layers::{Layers, PREFIX};
use schemars::JsonSchema;
use serde::Deserialize;
pub use validate::ValidateSettings;

use crate::origin::Origin;
use crate::spec::quantity::{AccountId, Digest, ImageTag, SemanticVersion};

/// The settings of a run, from `infragen.toml`, `INFRAGEN_*` variables and `--set`, the later before the earlier.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "infragen.toml")]
pub struct Settings {
    /// The AWS account, in place of the environment's: twelve digits.
    #[schemars(with = "Option<String>", regex(pattern = r"^[0-9]{12}$"))]
    #[serde(default)]
    pub account: Option<AccountId>,
    /// The version of every image that the pipeline builds, in place of the environment's, such as `1.4.2`.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub version: Option<SemanticVersion>,
    /// Single images by their ECR repository, such as `coworking-analytics`.
    #[serde(default)]
    pub images: BTreeMap<String, ImageSettings>,
    /// What `infragen validate` looks for, unless its arguments say otherwise.
    #[serde(default)]
    pub validate: ValidateSettings,
    /// What gave each key, for `explain`.
    #[serde(skip)]
    pub providers: BTreeMap<String, String>,
    /// The same with the line, where a file gave it.
    #[serde(skip)]
    pub places: BTreeMap<String, String>,
}

/// Which image of a repository runs.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageSettings {
    /// A tag, such as `1.4.2` or a build number.
    #[schemars(with = "Option<String>", regex(pattern = r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$"))]
    #[serde(default)]
    pub tag: Option<ImageTag>,
    /// A digest, which decides where a tag is given too: `sha256:` and 64 hexadecimal digits.
    #[schemars(with = "Option<String>", regex(pattern = r"^sha256:[0-9a-f]{64}$"))]
    #[serde(default)]
    pub digest: Option<Digest>,
}

impl Settings {
    /// The origin of a value that came from this key.
    #[must_use]
    pub fn origin(&self, key: &str) -> Origin {
        let provider = self.providers.get(key).cloned().unwrap_or_else(|| "the run's settings".to_owned());
        Origin::Setting { key: key.to_owned(), provider }
    }
}
