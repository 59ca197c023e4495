//! What the two controls of `/proc` share.

use super::Pod;
use crate::lint::findings::Findings;
use crate::node::Node;

/// Reports the containers that see more of `/proc` than runtimes show.
pub(in crate::lint) fn report_unmasked(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    for context in pod.container_contexts() {
        let mount = context.at(&["procMount"]).and_then(Node::as_str);
        if let Some(mount) = mount.filter(|mount| *mount != "Default") {
            findings
                .report(context.path(&["procMount"]), format!("{context} has the proc mount `{mount}`"))
                .help("remove `securityContext.procMount`");
        }
    }
}
