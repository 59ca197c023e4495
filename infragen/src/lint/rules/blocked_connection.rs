use std::net::IpAddr;

use crate::bundle::{Connection, Endpoint};
use crate::lint::findings::Findings;
use crate::lint::graph::Graph;
use crate::lint::network::{Direction, Peer, Port};
use crate::lint::rule::declare_rule;
use crate::lint::view::Workload;

declare_rule! {
    /// Flags declared connections that network policies block.
    ///
    /// ## Why is this bad?
    /// The caller's requests wait until they time out; nothing says that a policy dropped them.
    ///
    /// ## Fields
    /// `podSelector`, `policyTypes`, `ingress` and `egress` of NetworkPolicies, held against the connections that the
    /// environment declares: egress of the caller, ingress of the callee, and for calls by name egress of the caller
    /// to the cluster's name server on port 53, UDP and TCP.
    ///
    /// ## Allowed values
    /// For each connection, a rule that lets it through wherever a policy isolates one of its ends.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// connections: [{from: web, to: {workload: database}, port: 5432}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app.kubernetes.io/name: web}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: database, labels: {app.kubernetes.io/name: database}}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: database}
    /// spec:
    ///   podSelector: {matchLabels: {app.kubernetes.io/name: database}}
    ///   policyTypes: [Ingress]
    ///   ingress:
    ///   - from: [{podSelector: {matchLabels: {app.kubernetes.io/name: wbe}}}]
    ///     ports: [{port: 5432}]
    /// ```
    /// ```yaml good
    /// apiVersion: infragen.dev/v1
    /// kind: Facts
    /// connections: [{from: web, to: {workload: database}, port: 5432}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app.kubernetes.io/name: web}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: database, labels: {app.kubernetes.io/name: database}}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: database}
    /// spec:
    ///   podSelector: {matchLabels: {app.kubernetes.io/name: database}}
    ///   policyTypes: [Ingress]
    ///   ingress:
    ///   - from: [{podSelector: {matchLabels: {app.kubernetes.io/name: web}}}]
    ///     ports: [{port: 5432}]
    /// ```
    BLOCKED_CONNECTION = {
        id: "blocked-connection",
        category: Reference,
        severity: Error,
        covers: ["OBJ-35"],
        look: Bundle(blocked_connection),
    }
}

fn blocked_connection(graph: &Graph<'_>, findings: &mut Findings<'_>) {
    let mut callers_by_name: Vec<(&Workload<'_>, &Connection)> = Vec::new();
    for connection in &graph.bundle.facts.connections {
        let address = match &connection.to {
            Endpoint::Host(host) => host.parse::<IpAddr>().ok(),
            Endpoint::Workload(_) => None,
        };
        for caller in graph.labelled(NAME, &connection.from) {
            match &connection.to {
                Endpoint::Host(_) => {
                    let hop = Hop { at: caller, peer: Peer::Outside(address), port: tcp(connection, None) };
                    hop.demand(Direction::Egress, connection, graph, findings);
                }
                Endpoint::Workload(name) => {
                    for callee in graph.labelled(NAME, name) {
                        let port = tcp(connection, Some(callee));
                        let out = Hop { at: caller, peer: Peer::Pods(callee), port };
                        let into = Hop { at: callee, peer: Peer::Pods(caller), port };
                        out.demand(Direction::Egress, connection, graph, findings);
                        into.demand(Direction::Ingress, connection, graph, findings);
                    }
                }
            }
            let is_known = callers_by_name.iter().any(|(known, _)| std::ptr::eq(*known, caller));
            if address.is_none() && !is_known {
                callers_by_name.push((caller, connection));
            }
        }
    }
    for (caller, connection) in callers_by_name {
        for protocol in ["UDP", "TCP"] {
            let port = Port { protocol, number: 53, listener: None };
            let hop = Hop { at: caller, peer: Peer::NameServer, port };
            hop.demand(Direction::Egress, connection, graph, findings);
        }
    }
}

/// The label that connections are declared by.
const NAME: &str = "app.kubernetes.io/name";

const fn tcp<'a>(connection: &Connection, listener: Option<&'a Workload<'a>>) -> Port<'a> {
    Port { protocol: "TCP", number: connection.port, listener }
}

/// One end of a connection, as the policies there see it.
struct Hop<'a> {
    at: &'a Workload<'a>,
    peer: Peer<'a>,
    port: Port<'a>,
}

impl Hop<'_> {
    /// Reports the connection, unless no policy isolates this end or one lets it through.
    fn demand(
        &self,
        direction: Direction,
        connection: &Connection,
        graph: &Graph<'_>,
        findings: &mut Findings<'_>,
    ) {
        let policies: Vec<_> = graph.isolating(self.at, direction).collect();
        let passes = |policy| graph.lets_through(policy, direction, self.peer, self.port);
        let Some(first) = policies.first().filter(|_| !policies.iter().any(|policy| passes(policy))) else {
            return;
        };
        let to = match (self.peer, &connection.to) {
            (Peer::NameServer, _) => "the cluster's name server",
            (_, Endpoint::Workload(name) | Endpoint::Host(name)) => &format!("`{name}`"),
        };
        let Port { protocol, number, .. } = self.port;
        let (end, field) = (self.at.name, direction.field());
        let message = format!(
            "`{}` cannot reach {to} on port `{number}/{protocol}`: no {field} rule at `{end}` lets it through",
            connection.from
        );
        let help = format!(
            "add an {field} rule for it to a policy that selects `{end}`; the connection was declared in {}",
            connection.origin
        );
        findings.report_on(first, first.path(&["spec", field]), message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::BLOCKED_CONNECTION;
    use crate::lint::testing::messages;

    /// What is said of `web` calling `database` on port 5432, or a host, under these policies' specs.
    fn under(to: &str, policies: &[&str]) -> Vec<String> {
        let mut yaml = format!(
            "apiVersion: infragen.dev/v1\nkind: Facts\nconnections: [{{from: web, to: {to}, port: 5432}}]\n---\n\
             kind: Namespace\nmetadata: {{name: home, labels: {{team: a}}}}\n---\n\
             kind: Pod\nmetadata: {{name: web, namespace: home, labels: {{app.kubernetes.io/name: web}}}}\n---\n\
             kind: Pod\nmetadata: {{name: db, namespace: home, labels: {{app.kubernetes.io/name: database}}}}\n\
             spec: {{containers: [{{name: db, ports: [{{name: sql, containerPort: 5432}}]}}]}}\n"
        );
        for (index, spec) in policies.iter().enumerate() {
            yaml += &format!(
                "---\nkind: NetworkPolicy\nmetadata: {{name: p{index}, namespace: home}}\nspec: {spec}\n"
            );
        }
        messages(&BLOCKED_CONNECTION, &yaml)
    }

    const DATABASE: &str = "{workload: database}";
    const DENY_EGRESS: &str = "{podSelector: {}, policyTypes: [Egress]}";
    const DENY_INGRESS: &str = "{podSelector: {}, policyTypes: [Ingress]}";
    const DNS: &str = "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: \
        {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], \
        ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}]}";

    fn egress(rule: &str) -> String {
        format!("{{podSelector: {{}}, policyTypes: [Egress], egress: [{rule}]}}")
    }

    #[test]
    fn where_no_policy_isolates_everything_passes() {
        assert_eq!(under(DATABASE, &[]), [""; 0]);
        assert_eq!(
            under(DATABASE, &["{podSelector: {matchLabels: {app: other}}, policyTypes: [Egress]}"]),
            [""; 0]
        );
        assert_eq!(under(DATABASE, &["{podSelector: {}, policyTypes: [Ingress], ingress: [{}]}"]), [""; 0]);
    }

    #[test]
    fn each_end_and_the_name_server_must_be_open() {
        let blocked = under(DATABASE, &[DENY_EGRESS, DENY_INGRESS]);
        assert_eq!(
            blocked,
            [
                "`web` cannot reach `database` on port `5432/TCP`: no egress rule at `web` lets it through",
                "`web` cannot reach the cluster's name server on port `53/UDP`: no egress rule at `web` lets it through",
                "`web` cannot reach the cluster's name server on port `53/TCP`: no egress rule at `web` lets it through",
                "`web` cannot reach `database` on port `5432/TCP`: no ingress rule at `db` lets it through",
            ]
        );
        assert_eq!(under(DATABASE, &[DNS]).len(), 1);
        assert_eq!(
            under(DATABASE, &["{podSelector: {}}"]).len(),
            1,
            "without types a policy is about ingress"
        );
        assert_eq!(
            under(DATABASE, &[DENY_INGRESS, "{podSelector: {}, ingress: [{}]}"]).len(),
            0,
            "rules add up"
        );
        let udp = egress("{}, {ports: [{port: 53, protocol: UDP}]}");
        assert_eq!(under(DATABASE, &[&udp]), [""; 0]);
        let udp_only = egress("{to: [{podSelector: {}}]}, {ports: [{port: 53, protocol: UDP}]}");
        assert_eq!(under(DATABASE, &[&udp_only]).len(), 1, "long answers come by TCP");
    }

    #[test]
    fn rules_mean_what_the_api_says() {
        let cases = [
            (
                "{to: [{podSelector: {matchLabels: {app.kubernetes.io/name: database}}}], ports: [{port: 5432}]}",
                true,
            ),
            ("{to: [{podSelector: {matchLabels: {app.kubernetes.io/name: other}}}]}", false),
            ("{to: [{podSelector: {}}], ports: [{port: 5431}]}", false),
            ("{to: [{podSelector: {}}], ports: [{port: 5000, endPort: 6000}]}", true),
            ("{to: [{podSelector: {}}], ports: [{port: sql}]}", true),
            ("{to: [{podSelector: {}}], ports: [{port: http}]}", false),
            ("{to: [{podSelector: {}}], ports: [{port: 5432, protocol: UDP}]}", false),
            ("{to: [{namespaceSelector: {matchLabels: {team: a}}}]}", true),
            ("{to: [{namespaceSelector: {matchLabels: {team: b}}}]}", false),
            ("{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: home}}}]}", true),
            ("{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}", false),
            ("{ports: [{port: 5432}]}", true),
        ];
        for (rule, passes) in cases {
            assert_eq!(under(DATABASE, &[DNS, &egress(rule)]).is_empty(), passes, "{rule}");
        }
    }

    #[test]
    fn a_host_outside_is_reached_by_address() {
        let block = egress("{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}");
        assert_eq!(under("{host: 10.0.0.1}", &[&block]), [""; 0], "no name, no name server");
        assert_eq!(under("{host: 10.1.0.1}", &[&block]).len(), 1);
        assert_eq!(under("{host: db.example.com}", &[&block, DNS]), [""; 0]);
        assert_eq!(under("{host: db.example.com}", &[DNS]).len(), 1);
        assert_eq!(under("{host: 10.0.0.1}", &[&egress("{to: [{podSelector: {}}]}")]).len(), 1);
    }

    #[test]
    fn a_policy_is_about_its_own_namespace() {
        let facts = "apiVersion: infragen.dev/v1\nkind: Facts\n\
            connections: [{from: web, to: {host: 10.0.0.1}, port: 80}]\n---\n\
            kind: Pod\nmetadata: {name: web, namespace: home, labels: {app.kubernetes.io/name: web}}\n---\n";
        for (namespace, count) in [("home", 1), ("other", 0)] {
            let policy =
                format!("kind: NetworkPolicy\nmetadata: {{namespace: {namespace}}}\nspec: {DENY_EGRESS}\n");
            assert_eq!(
                messages(&BLOCKED_CONNECTION, &format!("{facts}{policy}")).len(),
                count,
                "{namespace}"
            );
        }
    }

    #[test]
    fn what_is_not_in_the_bundle_is_not_judged() {
        assert_eq!(under("{workload: nobody}", &[DENY_EGRESS, DENY_INGRESS, DNS]), [""; 0]);
    }
}
