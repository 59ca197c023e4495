//! The chores, one file each.

mod bench;
mod bench_service;
mod bench_validate;
mod buildspec;
mod chaos;
mod cluster;
mod dashboard;
mod docs;
mod e2e;
mod fuzz;
mod image;
mod licences;
mod lint;
mod manifests;
mod oracle;
mod schemas;
mod schemathesis;
mod soak;
mod test;
mod times;
mod yaml;

use clap::Subcommand;

/// A chore, with its arguments.
#[derive(Subcommand)]
pub(crate) enum Chore {
    Bench(bench::Bench),
    BenchService(bench_service::BenchService),
    BenchValidate(bench_validate::BenchValidate),
    Chaos(chaos::Chaos),
    Cluster(cluster::Cluster),
    Dashboard(dashboard::Dashboard),
    Docs(docs::Docs),
    E2e(e2e::E2e),
    Fuzz(fuzz::Fuzz),
    Image(image::Image),
    Licences(licences::Licences),
    Lint(lint::Lint),
    Manifests(manifests::Manifests),
    Oracle(oracle::Oracle),
    Schemas(schemas::Schemas),
    Schemathesis(schemathesis::Schemathesis),
    Soak(soak::Soak),
    Test(test::Test),
    Times(times::Times),
    Yaml(yaml::Yaml),
}

impl Chore {
    /// Does it.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Bench(chore) => chore.run(),
            Self::BenchService(chore) => chore.run(),
            Self::BenchValidate(chore) => chore.run(),
            Self::Chaos(chore) => chore.run(),
            Self::Cluster(chore) => chore.run(),
            Self::Dashboard(chore) => chore.run(),
            Self::Docs(chore) => chore.run(),
            Self::E2e(chore) => chore.run(),
            Self::Fuzz(chore) => chore.run(),
            Self::Image(chore) => chore.run(),
            Self::Licences(chore) => chore.run(),
            Self::Lint(chore) => chore.run(),
            Self::Manifests(chore) => chore.run(),
            Self::Oracle(chore) => chore.run(),
            Self::Schemas(chore) => chore.run(),
            Self::Schemathesis(chore) => chore.run(),
            Self::Soak(chore) => chore.run(),
            Self::Test(chore) => chore.run(),
            Self::Times(chore) => chore.run(),
            Self::Yaml(chore) => chore.run(),
        }
    }
}
