use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;

declare_rule! {
    /// Flags load balancers of AWS that take requests without TLS.
    ///
    /// ## Why is this bad?
    /// Whatever is between the caller and the load balancer reads the requests and their passwords.
    ///
    /// ## Fields
    /// `service.beta.kubernetes.io/aws-load-balancer-ssl-cert` of Services of the type `LoadBalancer` that AWS makes:
    /// by `loadBalancerClass` or by another of these annotations.
    ///
    /// ## Allowed values
    /// The ARN of a certificate.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:us-east-1:111122223333:certificate/1234
    /// spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb, ports: [{port: 443}]}
    /// ```
    LOAD_BALANCER_WITHOUT_TLS = {
        id: "load-balancer-without-tls",
        category: Practice,
        severity: Info,
        runs: WhenAsked,
        covers: ["ING-09"],
        look: Object(&["Service"], load_balancer_without_tls),
    }
}

const PREFIX: &str = "service.beta.kubernetes.io/aws-load-balancer-";

fn load_balancer_without_tls(object: &Object<'_>, findings: &mut Findings<'_>) {
    if object.node.text_at(&["spec", "type"]) != Some("LoadBalancer") {
        return;
    }
    let class = object.node.text_at(&["spec", "loadBalancerClass"]);
    let of_aws = class.is_some_and(|class| class.starts_with("service.k8s.aws/"));
    let mut names = object.annotations().filter_map(|(name, _)| name.strip_prefix(PREFIX)).peekable();
    if (of_aws || names.peek().is_some()) && !names.any(|name| name == "ssl-cert") {
        findings
            .report(object.path(&["metadata", "annotations"]), "the load balancer takes requests without TLS")
            .help(format!("set the annotation `{PREFIX}ssl-cert` to the ARN of a certificate"));
    }
}
