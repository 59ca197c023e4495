//! `cargo xtask schemas`: Kubernetes' own schemas, reduced to what infragen checks, as one table for all versions.

mod lifecycle;
pub(super) mod module;
mod reduce;
mod resource;
mod schema;
mod table;

use std::fs;

use anyhow::Context as _;
use clap::Args;

use crate::console::say;
use crate::project;
use lifecycle::Lifecycles;
use module::Module;
use schema::Versions;
use table::Table;

/// The oldest minor version of Kubernetes 1 that is taken in.
const OLDEST: u32 = 31;
/// Older releases of `k8s.io/api`, for the API versions that later ones do not tell of any more.
const HISTORY: [u32; 3] = [22, 26, 29];
/// Who defines the one foreign kind that infragen renders.
pub(super) const EXTERNAL_SECRETS: &str = "github.com/external-secrets/external-secrets";

/// Makes `infragen/schemas/kubernetes.bin` anew from Kubernetes' OpenAPI
///
/// The sources are Go modules: `k8s.io/kubernetes` at the newest patch of each minor version since 1.31, `k8s.io/api`
/// for what is deprecated since when, and the External Secrets operator for ExternalSecret. It needs `go`.
#[derive(Args)]
pub(crate) struct Schemas {}

impl Schemas {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let kubernetes = Module::newest_of_each_minor("k8s.io/kubernetes")?;
        let releases: Vec<&Module> = kubernetes.iter().filter(|module| module.minor >= OLDEST).collect();
        let mut schemas = Versions::default();
        for module in &releases {
            let text = module.read("api/openapi-spec/swagger.json")?;
            let document = serde_json::from_str(&text).with_context(|| module.to_string())?;
            reduce::openapi(&document, schemas.version(module.minor))?;
        }
        let external = Module::newest(EXTERNAL_SECRETS)?;
        let text = external.read("config/crds/bases/external-secrets.io_externalsecrets.yaml")?;
        let definition = serde_yaml::from_str(&text).with_context(|| external.to_string())?;
        schemas.each(|version| resource::definition(&definition, version))?;
        schemas.keep_required_in_all();

        let newest = releases.last().map_or(OLDEST, |module| module.minor);
        let mut lifecycles = Lifecycles::of_other_modules();
        for module in Module::newest_of_each_minor("k8s.io/api")? {
            if HISTORY.contains(&module.minor) || (OLDEST..=newest).contains(&module.minor) {
                lifecycles.read(&module.folder()?)?;
            }
        }

        let table = Table::new(&schemas, &lifecycles)?;
        let file = project::root().join("infragen/schemas/kubernetes.bin");
        let bytes = table.bytes();
        fs::write(&file, &bytes).with_context(|| format!("cannot write {}", file.display()))?;
        let names = releases.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        say(format_args!("from {names}, {external}: {}; {} KiB", table.summary(), bytes.len() / 1024));
        Ok(())
    }
}
