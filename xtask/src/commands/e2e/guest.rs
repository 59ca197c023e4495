//! Checks on a cluster of somebody's: nothing of theirs is touched, and nothing of ours is left.

use anyhow::ensure;

use super::cluster::Cluster;
use super::environment::Environment;
use super::stage::NAMESPACE;
use crate::console::note;

/// What is brought to a cluster of somebody's, until this goes.
pub(super) struct Guest<'a> {
    cluster: &'a Cluster,
    namespaces: [String; 2],
}

impl<'a> Guest<'a> {
    /// Sees that the cluster has nothing that the checks would change or delete.
    pub(super) fn new(cluster: &'a Cluster) -> anyhow::Result<Self> {
        let namespaces = [NAMESPACE.to_owned(), Environment::namespace_of("dev")?];
        for name in &namespaces {
            let there = ["get", "namespace", name, "--ignore-not-found", "--output=name"];
            ensure!(
                cluster.kubectl.text(&there)?.is_empty(),
                "the cluster has a namespace `{name}` already, which the checks would change and delete: they are for \
                 clusters without it"
            );
        }
        Ok(Self { cluster, namespaces })
    }
}

impl Drop for Guest<'_> {
    fn drop(&mut self) {
        if self.cluster.keeps() {
            return;
        }
        let delete = ["delete", "namespace", "--ignore-not-found", "--timeout=120s"];
        let names = self.namespaces.each_ref().map(String::as_str);
        if let Err(error) = self.cluster.kubectl.text(&[&delete[..], &names].concat()) {
            note(format_args!("of {} something is left: {error:#}", names.join(" and ")));
        }
    }
}
