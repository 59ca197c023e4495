use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;

declare_rule! {
    /// Flags seccomp and AppArmor profiles of the node that have no name, and names of profiles that are not the node's.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Pod.
    ///
    /// ## Fields
    /// `seccompProfile` and `appArmorProfile` of Pods and containers.
    ///
    /// ## Allowed values
    /// `localhostProfile` with `type: Localhost`, and with no other.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {seccompProfile: {type: Localhost}}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers: [{name: web, image: 'example/web:1.2.0'}]
    /// ```
    CONTRADICTORY_PROFILE = {
        id: "contradictory-profile",
        category: Admission,
        severity: Error,
        look: Workload(&[], contradictory_profile),
    }
}

/// Whose profile it is.
#[derive(PartialEq)]
enum Of {
    Seccomp,
    AppArmor,
}

static PROFILES: Fields<Of> = Fields::new(&[
    (Where::Pod("securityContext.seccompProfile"), Of::Seccomp),
    (Where::Pod("securityContext.appArmorProfile"), Of::AppArmor),
    (Where::Container("securityContext.seccompProfile"), Of::Seccomp),
    (Where::Container("securityContext.appArmorProfile"), Of::AppArmor),
]);

fn contradictory_profile(workload: &Workload<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(workload) else { return };
    PROFILES.each(&scene, |of, node, spot| {
        let name = node.text_at(&["localhostProfile"]);
        let is_local = node.text_at(&["type"]) == Some("Localhost");
        let is_named = match of {
            Of::Seccomp => name.is_some(),
            Of::AppArmor => name.is_some_and(|name| !name.is_empty() && name == name.trim()),
        };
        let (message, help) = match (is_local, is_named) {
            (true, false) => ("a profile of the node has no name", "set `localhostProfile`"),
            (false, _) if name.is_some() => (
                "a name is given, and the profile is not the node's",
                "set `type: Localhost`, or remove the name",
            ),
            _ => return,
        };
        findings.report(spot.path().field("localhostProfile"), message).help(help);
    });
}
