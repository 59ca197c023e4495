use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags load balancers of AWS that lead to Pods which do not wait for them.
    ///
    /// ## Why is this bad?
    /// A rollout takes the old Pods away as soon as the new ones are ready, though the load balancer does not send them
    /// requests yet: for some seconds it has no healthy target.
    ///
    /// ## Fields
    /// The annotations `service.beta.kubernetes.io/aws-load-balancer-nlb-target-type` of Services and
    /// `alb.ingress.kubernetes.io/target-type` of Ingresses, where they are `ip`; the label
    /// `elbv2.k8s.aws/pod-readiness-gate-inject` of their Namespace, where that is at hand.
    ///
    /// ## Allowed values
    /// `enabled`.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   annotations: {service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip}
    /// spec: {type: LoadBalancer, selector: {app: web}}
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
    /// spec: {type: LoadBalancer, selector: {app: web}}
    /// ```
    IP_TARGET_WITHOUT_READINESS_GATE = {
        id: "ip-target-without-readiness-gate",
        category: Reference,
        severity: Warning,
        covers: ["OBJ-43"],
        look: Bundle(ip_target_without_readiness_gate),
    }
}

fn ip_target_without_readiness_gate(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for (kind, annotation) in TARGET_TYPES {
        for object in graph.of_kind(kind) {
            let field = ["metadata", "annotations", annotation];
            let leads_to_pods = object.node.text_at(&field) == Some("ip");
            let namespace = object.namespace.filter(|_| leads_to_pods);
            let Some(namespace) = namespace.and_then(|name| graph.find(object, "Namespace", name)) else {
                continue;
            };
            if namespace.node.text_at(&["metadata", "labels", GATE]) != Some("enabled") {
                let message = "no Pod waits until the load balancer sends it requests";
                findings
                    .report_on(object, object.path(&field), message)
                    .help(format!("set the label `{GATE}: enabled` of the Namespace `{}`", namespace.name));
            }
        }
    }
}

const GATE: &str = "elbv2.k8s.aws/pod-readiness-gate-inject";

/// Where each kind says what its load balancer leads to.
const TARGET_TYPES: [(&str, &str); 2] = [
    ("Service", "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"),
    ("Ingress", "alb.ingress.kubernetes.io/target-type"),
];
