use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::lint::view::Workload;
use crate::node::Node;

declare_rule! {
    /// Flags containers and Services that open port 22.
    ///
    /// ## Why is this bad?
    /// Who logs in by SSH is seen by no audit log, and what they change is gone with the Pod.
    ///
    /// ## Fields
    /// `ports[].containerPort` of containers, `spec.ports[].targetPort` of Services.
    ///
    /// ## Allowed values
    /// Other ports.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{containerPort: 22}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{port: 2222, targetPort: 22}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example/web:1.2.0
    ///     ports: [{containerPort: 8022}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{port: 22, targetPort: 8022}]}
    /// ```
    SSH_PORT = {
        id: "ssh-port",
        category: Practice,
        severity: Warning,
        covers: ["NET-09"],
        look: Object(&[], ssh_port),
    }
}

fn ssh_port(object: &Object<'_>, findings: &mut Findings<'_>) {
    let is_ssh = |port: &Node, field| port.get(field).and_then(Node::as_i64) == Some(22);
    let help = "look inside with `kubectl exec` or `kubectl debug`";
    for container in Workload::of(*object).iter().flat_map(Workload::containers) {
        for (index, _) in
            container.items("ports").iter().enumerate().filter(|(_, port)| is_ssh(port, "containerPort"))
        {
            let path = container.path(&["ports"]).index(index).field("containerPort");
            findings
                .report(path, format!("container `{}` opens the port of SSH", container.name()))
                .help(help);
        }
    }
    let ports =
        object.at(&["spec", "ports"]).filter(|_| object.kind == "Service").map_or(&[][..], Node::items);
    for (index, _) in ports.iter().enumerate().filter(|(_, port)| is_ssh(port, "targetPort")) {
        let path = object.path(&["spec", "ports"]).index(index).field("targetPort");
        findings.report(path, "the Service opens the port of SSH").help(help);
    }
}
