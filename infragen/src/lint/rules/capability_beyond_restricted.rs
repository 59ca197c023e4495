use crate::lint::findings::Findings;
use crate::lint::pod_security::{Control, Pod};
use crate::lint::rule::declare_rule;
use crate::node::Node;

declare_rule! {
    /// Flags containers that keep or add a capability, other than to bind low ports.
    ///
    /// ## Why is this bad?
    /// A program that listens on ports above 1023 needs none of root's rights, and what it lacks nobody can take over.
    /// Control `capabilities_restricted` of the Pod Security level `restricted`, since 1.22.
    ///
    /// ## Fields
    /// `securityContext.capabilities.drop` and `securityContext.capabilities.add` of all containers; since 1.25 not of
    /// a Pod with `os.name: windows`.
    ///
    /// ## Allowed values
    /// In `drop`, `ALL` must be named; in `add`, only `NET_BIND_SERVICE` may be.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example/web:1.2.0", securityContext: {capabilities: {drop: [ALL], add: [CHOWN]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: "example/web:1.2.0"
    ///     securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
    /// ```
    CAPABILITY_BEYOND_RESTRICTED = {
        id: "capability-beyond-restricted",
        category: PodSecurity,
        severity: Error,
        covers: ["SEC-09", "SEC-10", "capabilities_restricted"],
        look: Control(Control::restricted().since(22), capability_beyond_restricted),
    }
}

fn capability_beyond_restricted(pod: &Pod<'_>, findings: &mut Findings<'_>) {
    if pod.is_judged_since(25) && pod.is_windows() {
        return;
    }
    for context in pod.container_contexts() {
        let named =
            |list| context.at(&["capabilities", list]).map_or(&[][..], Node::items).iter().enumerate();
        if !named("drop").any(|(_, dropped)| dropped.as_str() == Some("ALL")) {
            findings
                .report(context.path(&["capabilities", "drop"]), format!("{context} keeps capabilities"))
                .help("set `securityContext.capabilities.drop: [ALL]`");
        }
        for (index, added) in named("add") {
            if let Some(name) = added.as_str().filter(|name| *name != "NET_BIND_SERVICE") {
                findings
                    .report(
                        context.path(&["capabilities", "add"]).index(index),
                        format!("{context} adds the capability `{name}`"),
                    )
                    .help("remove it: the level `restricted` allows `NET_BIND_SERVICE` alone");
            }
        }
    }
}
