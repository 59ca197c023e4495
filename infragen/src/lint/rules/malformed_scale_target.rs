use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags targets of an autoscaler that name no API group.
    ///
    /// ## Why is this bad?
    /// The API server refuses the autoscaler: only ReplicationControllers can be scaled without one.
    ///
    /// ## Fields
    /// `spec.scaleTargetRef.apiVersion` of HorizontalPodAutoscalers.
    ///
    /// ## Allowed values
    /// An API group and its version, such as `apps/v1`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {apiVersion: v1, kind: Deployment, name: web}, maxReplicas: 3}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3}
    /// ```
    MALFORMED_SCALE_TARGET = {
        id: "malformed-scale-target",
        category: Admission,
        severity: Error,
        covers: ["SRV-01"],
        look: Object(&["HorizontalPodAutoscaler"], malformed_scale_target),
    }
}

fn malformed_scale_target(autoscaler: &Object<'_>, findings: &mut Findings<'_>) {
    let place = ["spec", "scaleTargetRef"];
    let Some(target) = autoscaler.at(&place) else { return };
    let version = target.text_at(&["apiVersion"]).unwrap_or_default();
    let is_grouped = match version.split_once('/') {
        Some((group, version)) => !group.is_empty() && !version.contains('/'),
        None => target.text_at(&["kind"]) == Some("ReplicationController"),
    };
    if !is_grouped {
        findings
            .report(autoscaler.path(&place).field("apiVersion"), format!("`{version}` names no API group"))
            .help("write the group and its version, such as `apps/v1`");
    }
}
