use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::rule::declare_rule;

declare_rule! {
    /// Flags ServiceMonitors and PodMonitors that select nothing.
    ///
    /// ## Why is this bad?
    /// Prometheus scrapes nothing for them, and no alert tells of what is not measured.
    ///
    /// ## Fields
    /// `spec.selector` and `spec.namespaceSelector` of ServiceMonitors, held against the labels of Services, and of
    /// PodMonitors, held against those of Pod templates.
    ///
    /// ## Allowed values
    /// A selector that takes a Service, or the Pods of a workload, of the namespaces that are meant.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: ServiceMonitor
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: wbe}}, endpoints: [{port: metrics}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {ports: [{name: metrics, port: 9090}]}
    /// ```
    /// ```yaml good
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: ServiceMonitor
    /// metadata: {name: web}
    /// spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: metrics}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {ports: [{name: metrics, port: 9090}]}
    /// ```
    MONITOR_WITHOUT_TARGETS = {
        id: "monitor-without-targets",
        category: Reference,
        severity: Warning,
        covers: ["MON-01", "OBJ-49"],
        look: Bundle(monitor_without_targets),
    }
}

fn monitor_without_targets(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    for monitor in ["ServiceMonitor", "PodMonitor"].iter().flat_map(|kind| graph.of_kind(kind)) {
        let what = if monitor.kind == "ServiceMonitor" { "Service" } else { "Pod" };
        if graph.monitored(monitor).is_some_and(|targets| targets.is_empty()) {
            findings
                .report_on(monitor, monitor.path(&["spec", "selector"]), format!("it selects no {what}"))
                .help(format!("select by labels that a {what} of these namespaces has"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MONITOR_WITHOUT_TARGETS;
    use crate::lint::testing::{messages, messages_of_foreign};

    #[test]
    fn what_may_live_elsewhere_is_not_missed() {
        let monitor = |kind: &str, namespaces: &str| {
            format!(
                "apiVersion: monitoring.coreos.com/v1\nkind: {kind}\nmetadata: {{name: m, namespace: a}}\n\
                 spec: {{selector: {{matchLabels: {{app: api}}}}{namespaces}}}\n"
            )
        };
        let pod = "---\nkind: Pod\nmetadata: {name: p, namespace: a, labels: {app: web}}\n";
        let service = "---\nkind: Service\nmetadata: {name: s, namespace: b, labels: {app: api}}\n";
        let all = format!("{pod}{service}");
        let cases = [
            ("ServiceMonitor", "", 1),
            ("ServiceMonitor", ", namespaceSelector: {any: true}", 0),
            ("ServiceMonitor", ", namespaceSelector: {matchNames: [b]}", 0),
            ("PodMonitor", "", 1),
        ];
        for (kind, namespaces, count) in cases {
            let yaml = format!("{}{all}", monitor(kind, namespaces));
            assert_eq!(messages(&MONITOR_WITHOUT_TARGETS, &yaml).len(), count, "{kind} {namespaces}");
        }
        assert!(messages_of_foreign(&MONITOR_WITHOUT_TARGETS, &monitor("ServiceMonitor", "")).is_empty());
    }
}
