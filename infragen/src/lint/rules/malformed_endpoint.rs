use std::net::IpAddr;

use crate::lint::findings::Findings;
use crate::lint::grammar::{Name, is_address};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use crate::node::Node;

declare_rule! {
    /// Flags endpoints whose addresses are not of their slice's type, and ports that share a name.
    ///
    /// ## Why is this bad?
    /// The API server refuses the EndpointSlice.
    ///
    /// ## Fields
    /// `endpoints[].addresses` and `ports[].name` of EndpointSlices.
    ///
    /// ## Allowed values
    /// Addresses of the `addressType`; for `FQDN` a name of at least two parts; each port's name once, an absent one being
    /// one, too.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: discovery.k8s.io/v1
    /// kind: EndpointSlice
    /// metadata: {name: web}
    /// addressType: IPv4
    /// endpoints: [{addresses: [web.example.com]}]
    /// ```
    /// ```yaml good
    /// apiVersion: discovery.k8s.io/v1
    /// kind: EndpointSlice
    /// metadata: {name: web}
    /// addressType: IPv4
    /// endpoints: [{addresses: [10.1.2.3]}]
    /// ```
    MALFORMED_ENDPOINT = {
        id: "malformed-endpoint",
        category: Admission,
        severity: Error,
        look: Object(&["EndpointSlice"], malformed_endpoint),
    }
}

fn malformed_endpoint(slice: &Object<'_>, findings: &mut Findings<'_>) {
    let kind = slice.node.text_at(&["addressType"]).unwrap_or_default();
    let takes = |address: &str| match (kind, address.parse::<IpAddr>()) {
        ("IPv4", Ok(address)) => address.is_ipv4(),
        ("IPv6", Ok(address)) => address.is_ipv6(),
        // Leading zeros are let pass.
        ("IPv4", Err(_)) => is_address(address),
        ("IPv6", Err(_)) => false,
        ("FQDN", _) => Name::Subdomain.takes(address) && address.contains('.'),
        _ => true,
    };
    for (index, endpoint) in slice.at(&["endpoints"]).map_or(&[][..], Node::items).iter().enumerate() {
        for (at, address) in endpoint.get("addresses").map_or(&[][..], Node::items).iter().enumerate() {
            if let Some(address) = address.as_text().filter(|address| !takes(address)) {
                findings
                    .report(
                        slice.path(&["endpoints"]).index(index).field("addresses").index(at),
                        format!("`{address}` is no address of type `{kind}`"),
                    )
                    .help("write the Pod's or the host's own address, or change the `addressType`");
            }
        }
    }
    let ports = slice.at(&["ports"]).map_or(&[][..], Node::items);
    let name = |port: &Node| port.text_at(&["name"]).unwrap_or_default().to_owned();
    for (index, port) in ports.iter().enumerate() {
        if ports[..index].iter().any(|earlier| name(earlier) == name(port)) {
            findings
                .report(
                    slice.path(&["ports"]).index(index).field("name"),
                    "another port has the same name, or none, too",
                )
                .help("give each port a name of its own");
        }
    }
}
