use std::net::IpAddr;

use crate::lint::findings::Findings;
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags families of addresses that a Service names twice, addresses of another family, and ports on nodes that stand twice.
    ///
    /// ## Why is this bad?
    /// The API server refuses the Service.
    ///
    /// ## Fields
    /// `spec.ipFamilies`, `spec.clusterIP`, `spec.clusterIPs` and `spec.ports[].nodePort` of Services.
    ///
    /// ## Allowed values
    /// Each family once; in `clusterIPs` first what `clusterIP` says, and each of the family at the same place; each port on nodes
    /// once with each protocol.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ipFamilies: [IPv4, IPv4], ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack, ports: [{port: 80}]}
    /// ```
    DUPLICATE_ADDRESS_FAMILY = {
        id: "duplicate-address-family",
        category: Admission,
        severity: Error,
        look: Object(&["Service"], duplicate_address_family),
    }
}

fn duplicate_address_family(service: &Object<'_>, findings: &mut Findings<'_>) {
    let list = |name: &str| service.at(&["spec", name]).map_or(&[][..], Node::items);
    let (families, addresses, ports) = (list("ipFamilies"), list("clusterIPs"), list("ports"));
    for (index, family) in families.iter().enumerate() {
        if families[..index].contains(family) {
            findings
                .report(service.path(&["spec", "ipFamilies"]).index(index), "this family stands before, too")
                .help("remove one of them");
        }
    }
    let single = service.at(&["spec", "clusterIP"]).and_then(Node::as_str).filter(|text| !text.is_empty());
    if !addresses.is_empty() && addresses[0].as_str() != single && single.is_some() || addresses.len() > 2 {
        findings
            .report(
                service.path(&["spec", "clusterIPs"]),
                "these are not the addresses that `clusterIP` says",
            )
            .help("remove `clusterIPs`");
    }
    let given = if addresses.is_empty() { single.into_iter().collect() } else { texts(addresses) };
    for (address, family) in given.iter().zip(families.iter().filter_map(Node::as_str)) {
        if address.parse::<IpAddr>().is_ok_and(|address| address.is_ipv6() != (family == "IPv6")) {
            findings
                .report(
                    service.path(&["spec", "ipFamilies"]),
                    format!("`{address}` is no address of `{family}`"),
                )
                .help("name the family of the address, or remove the address");
        }
    }
    let key = |port: &Node| {
        let number = port.get("nodePort").and_then(Node::as_i64).filter(|number| *number != 0)?;
        Some((number, port.text_at(&["protocol"]).unwrap_or("TCP").to_owned()))
    };
    for (index, port) in ports.iter().enumerate() {
        let twice = key(port).is_some() && ports[..index].iter().any(|earlier| key(earlier) == key(port));
        if twice {
            findings
                .report(
                    service.path(&["spec", "ports"]).index(index).field("nodePort"),
                    "another port of this Service is at the same port on nodes",
                )
                .help("change one of them");
        }
    }
}

fn texts(nodes: &[Node]) -> Vec<&str> {
    nodes.iter().filter_map(Node::as_str).collect()
}
