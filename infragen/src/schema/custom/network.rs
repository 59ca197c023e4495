//! Addresses, networks and URLs in rules, with the functions that Kubernetes adds to CEL for them.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use cel::extractors::This;
use cel::objects::Opaque;
use cel::{Context, ExecutionError, Value};

use super::format::{is_cidr, is_no_uri};
use super::functions::unknown;

type Text = Arc<String>;

#[derive(Debug, PartialEq, Eq)]
struct Address(IpAddr);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    length: u8,
}

#[derive(Debug, PartialEq, Eq)]
struct Url {
    scheme: &'static str,
    host: String,
    path: String,
}

impl Opaque for Address {
    fn runtime_type_name(&self) -> &'static str {
        "net.IP"
    }
}

impl Opaque for Network {
    fn runtime_type_name(&self) -> &'static str {
        "net.CIDR"
    }
}

impl Opaque for Url {
    fn runtime_type_name(&self) -> &'static str {
        "kubernetes.URL"
    }
}

/// Adds them all.
///
/// Source: `k8s.io/apiserver/pkg/cel/library`, whose documentation the tests follow, and Go's `net/netip`.
pub(super) fn add(context: &mut Context<'_, '_>) {
    let _ = context.add_function("isIP", |text: Text| address(&text).is_some());
    let _ = context.add_function("isCIDR", |text: Text| network(&text).is_some());
    let _ = context.add_function("isURL", |text: Text| match url(&text) {
        Some(_) => Ok(true),
        None if is_no_uri(&text) => Ok(false),
        None => Err(unknown("isURL")),
    });
    // Of a text it is the address that is written there, of a network the one before the slash.
    let _ = context.add_function("ip", |This(value): This<Value>| match &value {
        Value::String(text) => address(text).map(|it| opaque(Address(it))).ok_or_else(|| unknown("ip")),
        value => seen::<Network>(value, "ip").map(|it| opaque(Address(it.address))),
    });
    let _ =
        context.add_function("cidr", |text: Text| network(&text).map(opaque).ok_or_else(|| unknown("cidr")));
    let _ = context.add_function("url", |text: Text| url(&text).map(opaque).ok_or_else(|| unknown("url")));

    let _ = context.add_function("family", |This(ip): This<Value>| {
        seen::<Address>(&ip, "family").map(|it| if it.0.is_ipv4() { 4_i64 } else { 6 })
    });
    add_property(context, "isUnspecified", IpAddr::is_unspecified);
    add_property(context, "isLoopback", IpAddr::is_loopback);
    add_property(context, "isLinkLocalMulticast", is_link_local_multicast);
    add_property(context, "isLinkLocalUnicast", is_link_local_unicast);
    add_property(context, "isGlobalUnicast", |ip| {
        let is_everybody = *ip == IpAddr::V4(Ipv4Addr::BROADCAST);
        let is_narrow = ip.is_unspecified() || ip.is_loopback() || is_link_local_unicast(ip);
        !(is_everybody || is_narrow || ip.is_multicast())
    });

    let _ = context.add_function("containsIP", |This(around): This<Value>, ip: Value| {
        let around = *seen::<Network>(&around, "containsIP")?;
        let ip = match &ip {
            Value::String(text) => address(text).ok_or_else(|| unknown("containsIP"))?,
            ip => seen::<Address>(ip, "containsIP")?.0,
        };
        Ok::<bool, ExecutionError>(around.holds(ip))
    });
    let _ = context.add_function("containsCIDR", |This(around): This<Value>, inner: Value| {
        let around = *seen::<Network>(&around, "containsCIDR")?;
        let inner = match &inner {
            Value::String(text) => network(text).ok_or_else(|| unknown("containsCIDR"))?,
            inner => *seen::<Network>(inner, "containsCIDR")?,
        };
        Ok::<bool, ExecutionError>(around.length <= inner.length && around.holds(inner.address))
    });
    let _ = context.add_function("masked", |This(network): This<Value>| {
        seen::<Network>(&network, "masked")
            .map(|it| opaque(Network { address: it.masked(it.address), ..*it }))
    });
    let _ = context.add_function("prefixLength", |This(network): This<Value>| {
        seen::<Network>(&network, "prefixLength").map(|it| i64::from(it.length))
    });

    add_part(context, "getScheme", |url| url.scheme);
    add_part(context, "getHost", |url| &url.host);
    add_part(context, "getHostname", |url| &url.host);
    add_part(context, "getPort", |_| "");
    add_part(context, "getEscapedPath", |url| &url.path);
}

fn add_property(context: &mut Context<'_, '_>, name: &'static str, has: fn(&IpAddr) -> bool) {
    let _ = context.add_function(name, move |This(ip): This<Value>| {
        seen::<Address>(&ip, name).map(|address| has(&address.0))
    });
}

fn add_part(context: &mut Context<'_, '_>, name: &'static str, part: fn(&Url) -> &str) {
    let _ = context.add_function(name, move |This(url): This<Value>| {
        seen::<Url>(&url, name).map(|url| Value::from(part(url)))
    });
}

fn opaque(value: impl Opaque) -> Value {
    Value::Opaque(Arc::new(value))
}

fn seen<'v, T: Opaque>(value: &'v Value, function: &str) -> Result<&'v T, ExecutionError> {
    let Value::Opaque(value) = value else { return Err(unknown(function)) };
    (**value).downcast_ref().ok_or_else(|| unknown(function))
}

/// Kubernetes takes no IPv4 address in the clothes of IPv6.
fn address(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok()?;
    let is_clothed = matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some());
    (!is_clothed).then_some(address)
}

fn network(text: &str) -> Option<Network> {
    let (before, length) = text.split_once('/')?;
    is_cidr(text).then_some(())?;
    Some(Network { address: address(before)?, length: length.parse().ok()? })
}

/// A URL of HTTP that says no more than scheme, host and path in plain signs; of others there may be doubt.
fn url(text: &str) -> Option<Url> {
    let (scheme, rest) = text.split_once("://").filter(|(scheme, _)| ["https", "http"].contains(scheme))?;
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"%\\<>\"{}|^`[]@:".contains(&byte);
    let begins = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (begins && rest.bytes().all(is_plain)).then_some(())?;
    let before = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let (host, path) = before.split_at(before.find('/').unwrap_or(before.len()));
    let scheme = if scheme == "https" { "https" } else { "http" };
    Some(Url { scheme, host: host.to_owned(), path: path.to_owned() })
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        address.is_ipv4() == self.address.is_ipv4() && self.masked(address) == self.masked(self.address)
    }

    /// What is left of an address as far as the network's own bits go.
    fn masked(&self, address: IpAddr) -> IpAddr {
        let length = u32::from(self.length);
        match address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32_u32.saturating_sub(length)).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128_u32.saturating_sub(length)).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
        }
    }
}

fn is_link_local_unicast(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

fn is_link_local_multicast(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.octets()[..3] == [224, 0, 0],
        IpAddr::V6(address) => address.segments()[0] & 0xff0f == 0xff02,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{definitions, faults, ruled};

    /// The examples of the functions' documentation.
    #[test]
    fn addresses_networks_and_urls_are_known() {
        let cases = [
            ("ip('127.0.0.1').family() == 4", true),
            ("ip('::1').family() == 6", true),
            ("ip('0.0.0.0').isUnspecified()", true),
            ("ip('127.0.0.1').isUnspecified()", false),
            ("ip('::').isUnspecified()", true),
            ("ip('::1').isUnspecified()", false),
            ("ip('127.0.0.1').isLoopback()", true),
            ("ip('192.168.0.1').isLoopback()", false),
            ("ip('::1').isLoopback()", true),
            ("ip('2001:db8::abcd').isLoopback()", false),
            ("ip('224.0.0.1').isLinkLocalMulticast()", true),
            ("ip('224.0.1.1').isLinkLocalMulticast()", false),
            ("ip('ff02::1').isLinkLocalMulticast()", true),
            ("ip('fd00::1').isLinkLocalMulticast()", false),
            ("ip('169.254.169.254').isLinkLocalUnicast()", true),
            ("ip('192.168.0.1').isLinkLocalUnicast()", false),
            ("ip('fe80::1').isLinkLocalUnicast()", true),
            ("ip('fd80::1').isLinkLocalUnicast()", false),
            ("ip('192.168.0.1').isGlobalUnicast()", true),
            ("ip('255.255.255.255').isGlobalUnicast()", false),
            ("ip('2001:db8::abcd').isGlobalUnicast()", true),
            ("ip('ff00::1').isGlobalUnicast()", false),
            ("isIP(':::1')", false),
            ("isCIDR('192.168.0.0/16')", true),
            ("isCIDR('::1/129')", false),
            ("isCIDR('::ffff:1.2.3.4/24')", false),
            ("cidr('192.168.0.0/24').containsIP(ip('192.168.0.1'))", true),
            ("cidr('192.168.0.0/24').containsIP(ip('192.168.1.1'))", false),
            ("cidr('192.168.0.0/24').containsIP('192.168.0.1')", true),
            ("cidr('192.168.0.0/24').containsIP('::1')", false),
            ("cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24'))", true),
            ("cidr('192.168.1.0/24').containsCIDR('192.168.2.0/24')", false),
            ("cidr('192.168.0.0/24').containsCIDR('192.168.0.0/16')", false),
            ("cidr('192.168.0.1/24').ip() == ip('192.168.0.1')", true),
            ("cidr('::1/128').ip().family() == 6", true),
            ("cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24')", true),
            ("cidr('192.168.0.1/24') == cidr('192.168.0.1/24').masked()", false),
            ("cidr('0.0.0.0/0').containsIP('8.8.8.8')", true),
            ("cidr('192.168.0.0/16').prefixLength() == 16", true),
            ("cidr('::1/128').prefixLength() == 128", true),
            ("url('https://example.com/').getScheme() == 'https'", true),
            ("url('https://example.com/').getHost() == 'example.com'", true),
            ("url('https://example.com/').getPort() == ''", true),
            ("url('https://example.com/path?a=b').getEscapedPath() == '/path'", true),
            ("url('https://example.com').getEscapedPath() == ''", true),
            ("url('http://example.com?a=/b').getHostname() == 'example.com'", true),
        ];
        for (rule, is_kept) in cases {
            let definitions = definitions(&ruled(rule));
            let expected: &[&str] = if is_kept { &[] } else { &["spec broken"] };
            assert_eq!(faults(&definitions, "v1", "spec: {}"), expected, "{rule}");
            let passed_over = definitions.all()[0].passed_over().first().map(|rule| rule.reason.to_owned());
            assert_eq!(passed_over, None, "{rule}");
        }
    }
}
