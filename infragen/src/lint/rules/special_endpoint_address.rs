use crate::lint::findings::Findings;
use crate::lint::grammar::{Fields, Scene, Where};
use crate::lint::rule::declare_rule;
use crate::lint::view::Object;
use std::net::IpAddr;

declare_rule! {
    /// Flags endpoints at addresses that stand for no host of the network.
    ///
    /// ## Why is this bad?
    /// The API server refuses loopback, link-local and unspecified addresses: traffic for them would reach the node
    /// itself (CVE-2021-25737).
    ///
    /// ## Fields
    /// `endpoints[].addresses[]` of EndpointSlices, `subsets[].addresses[].ip` and `subsets[].notReadyAddresses[].ip`
    /// of Endpoints, `spec.externalIPs[]` of Services.
    ///
    /// ## Allowed values
    /// Other addresses.
    ///
    /// ## Examples
    /// ```yaml bad
    /// apiVersion: discovery.k8s.io/v1
    /// kind: EndpointSlice
    /// metadata: {name: web}
    /// addressType: IPv4
    /// endpoints: [{addresses: [127.0.0.1]}]
    /// ports: []
    /// ```
    /// ```yaml good
    /// apiVersion: discovery.k8s.io/v1
    /// kind: EndpointSlice
    /// metadata: {name: web}
    /// addressType: IPv4
    /// endpoints: [{addresses: [10.0.0.7]}]
    /// ports: []
    /// ```
    SPECIAL_ENDPOINT_ADDRESS = {
        id: "special-endpoint-address",
        category: Admission,
        severity: Error,
        covers: ["EPS-01"],
        look: Object(&["EndpointSlice", "Endpoints", "Service"], special_endpoint_address),
    }
}

static PLACES: Fields<()> = Fields::new(&[
    (Where::Of(&["EndpointSlice"], "endpoints[].addresses[]"), ()),
    (Where::Of(&["Endpoints"], "subsets[].addresses|notReadyAddresses[].ip"), ()),
    (Where::Of(&["Service"], "spec.externalIPs[]"), ()),
]);

fn special_endpoint_address(object: &Object<'_>, findings: &mut Findings<'_>) {
    let Some(scene) = Scene::of(object) else { return };
    PLACES.each(&scene, |(), node, spot| {
        let address = node.as_str().unwrap_or_default();
        if let Some(kind) = special(address) {
            findings
                .report(spot.path(), format!("`{address}` is {kind} address"))
                .help("name the address that the endpoint has in the network");
        }
    });
}

fn special(text: &str) -> Option<&'static str> {
    let (unspecified, loopback, link_local) = match text.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => {
            let multicast = address.octets().starts_with(&[224, 0, 0]);
            (address.is_unspecified(), address.is_loopback(), address.is_link_local() || multicast)
        }
        IpAddr::V6(address) => {
            let multicast = address.segments()[0] & 0xff0f == 0xff02;
            let unicast = address.segments()[0] & 0xffc0 == 0xfe80;
            (address.is_unspecified(), address.is_loopback(), unicast || multicast)
        }
    };
    let kinds = [(unspecified, "the unspecified"), (loopback, "a loopback"), (link_local, "a link-local")];
    kinds.into_iter().find_map(|(is, kind)| is.then_some(kind))
}

#[cfg(test)]
mod tests {
    use super::special;

    #[test]
    fn what_go_calls_special_is_so_here() {
        for address in ["0.0.0.0", "127.0.0.1", "169.254.1.2", "224.0.0.7", "::", "::1", "fe80::1", "ff02::1"]
        {
            assert!(special(address).is_some(), "{address}");
        }
        for address in ["10.0.0.1", "224.0.1.1", "fd00::1", "2001:db8::1", "example.com"] {
            assert!(special(address).is_none(), "{address}");
        }
    }
}
