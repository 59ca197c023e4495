use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags load balancers of AWS that lead to nodes, in namespaces whose Pods are to wait for their load balancer.
    ///
    /// ## Why is this bad?
    /// The controller adds readiness gates only to Pods that are targets themselves. A rollout goes on before the load
    /// balancer knows the new Pods, and requests are lost.
    ///
    /// ## Fields
    /// `metadata.labels[elbv2.k8s.aws/pod-readiness-gate-inject]` of Namespaces; the annotations
    /// `…/aws-load-balancer-nlb-target-type` of Services and `alb.ingress.kubernetes.io/target-type` of Ingresses.
    ///
    /// ## Allowed values
    /// `ip`; anything, where the annotation is left to the controller's default or the label is not there.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {elbv2.k8s.aws/pod-readiness-gate-inject: enabled}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations: {service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance}
    /// spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{port: 443}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop, labels: {elbv2.k8s.aws/pod-readiness-gate-inject: enabled}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations: {service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip}
    /// spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{port: 443}]}
    /// ```
    READINESS_GATE_WITHOUT_IP_TARGET = {
        id: "readiness-gate-without-ip-target",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-43"],
        look: Bundle(readiness_gate_without_ip_target),
    }
}

fn readiness_gate_without_ip_target(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (kind, annotation) in TARGET_TYPES {
        for object in graph.of_kind(kind) {
            let target_type = object.node.text_at(&["metadata", "annotations", annotation]);
            let namespace = object.namespace.and_then(|name| graph.find(object, "Namespace", name));
            let is_gated = namespace.is_some_and(|namespace| {
                namespace.node.text_at(&["metadata", "labels", "elbv2.k8s.aws/pod-readiness-gate-inject"])
                    == Some("enabled")
            });
            let Some(target_type) = target_type.filter(|target_type| is_gated && *target_type != "ip") else {
                continue;
            };
            let message = format!("no Pod behind the target type `{target_type}` is given a readiness gate");
            findings
                .report_on(object, object.path(&["metadata", "annotations", annotation]), message)
                .help("set it to `ip`, or take the label off the Namespace");
        }
    }
}

/// Where each kind says what its load balancer leads to.
const TARGET_TYPES: [(&str, &str); 2] = [
    ("Service", "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"),
    ("Ingress", "alb.ingress.kubernetes.io/target-type"),
];

#[cfg(test)]
mod tests {
    use super::READINESS_GATE_WITHOUT_IP_TARGET;
    use crate::lint::testing::finds;

    #[test]
    fn only_where_both_are_said_they_disagree() {
        let cases = [
            ("enabled", "alb.ingress.kubernetes.io/target-type: instance", true),
            ("enabled", "alb.ingress.kubernetes.io/target-type: ip", false),
            ("enabled", "alb.ingress.kubernetes.io/scheme: internal", false),
            ("disabled", "alb.ingress.kubernetes.io/target-type: instance", false),
        ];
        for (label, annotation, expected) in cases {
            let yaml = format!(
                "kind: Namespace\nmetadata: {{name: a, labels: {{elbv2.k8s.aws/pod-readiness-gate-inject: {label}}}}}\n---\n\
                 kind: Ingress\nmetadata: {{name: i, namespace: a, annotations: {{{annotation}}}}}\n"
            );
            assert_eq!(finds(&READINESS_GATE_WITHOUT_IP_TARGET, &yaml), expected, "{label} {annotation}");
        }
    }
}
