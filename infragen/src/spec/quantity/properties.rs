//! What holds for every quantity, tried with thousands of values; the oracles are regular expressions and `std::net`.

use std::fmt::{Debug, Display};
use std::net::{Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::{Serialize, de::DeserializeOwned};

use super::*;

/// No text makes `parse` panic, and what it accepts survives `Display` and serde.
fn survives<T: Quantity + Debug + Display + PartialEq + Serialize + DeserializeOwned>(text: &str) {
    if let Ok(quantity) = T::from_text(text) {
        assert_eq!(T::from_text(&quantity.to_string()).as_ref(), Ok(&quantity));
        let written = serde_json::to_string(&quantity).unwrap();
        assert_eq!(serde_json::from_str::<T>(&written).unwrap(), quantity);
    }
}

/// Every text of the regular expression is accepted, as it is.
fn accepts_all<T: Quantity + Display>(expression: &str) {
    TestRunner::new(Config::default())
        .run(&proptest::string::string_regex(expression).unwrap(), |text| {
            let quantity =
                T::from_text(&text).map_err(|nonsense| TestCaseError::fail(nonsense.to_string()))?;
            prop_assert_eq!(quantity.to_string(), text);
            Ok(())
        })
        .unwrap();
}

macro_rules! every_quantity {
    ($check:ident($text:expr)) => {
        every_quantity!(
            $check($text),
            AccountId Cidr Cpu CronSchedule DataKey Digest DnsLabel HostName ImageRef ImageTag InstanceType
            KubernetesVersion LabelKey LabelValue Memory MountPath Percent Port PortName Region Repository RoleArn
            Seconds SemanticVersion UrlPath VariableName
        )
    };
    ($check:ident($text:expr), $($name:ident)+) => { $($check::<$name>($text);)+ };
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        every_quantity!(survives(&text));
    }

    #[test]
    fn any_near_miss_is_read_or_refused(text in "[a-zA-Z0-9.:/@_*,%+ -]{0,24}") {
        every_quantity!(survives(&text));
    }

    #[test]
    fn cpu_survives_its_text(millicores in 1..=10_000_000_u64) {
        let cpu = Cpu::from_millicores(millicores).unwrap();
        prop_assert_eq!(Cpu::parse(&cpu.to_string()), Ok(cpu));
        let decimal = format!("{}.{:03}", millicores / 1000, millicores % 1000);
        prop_assert_eq!(Cpu::parse(&decimal), Ok(cpu), "{}", decimal);
        prop_assert_eq!(Cpu::parse(&format!("{millicores}m")), Ok(cpu));
    }

    #[test]
    fn memory_survives_its_text(bytes in 4096..=i64::MAX as u64, shift in 0..51_u32) {
        for bytes in [bytes, (bytes >> shift << shift).max(4096), (bytes / 1_000_000).max(1) * 1_000_000] {
            let memory = Memory::from_bytes(bytes).unwrap();
            prop_assert_eq!(Memory::parse(&memory.to_string()), Ok(memory));
        }
    }

    /// Kubernetes' suffixes: <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>.
    #[test]
    fn memory_counts_as_kubernetes_does(number in 1..=1_000_000_u64, power in 0..6_u32, binary: bool) {
        let (step, suffix) = match binary {
            true => (1024_u128, ["", "Ki", "Mi", "Gi", "Ti", "Pi"][power as usize]),
            false => (1000, ["", "k", "M", "G", "T", "P"][power as usize]),
        };
        let bytes = u128::from(number) * step.pow(power);
        let read = Memory::parse(&format!("{number}{suffix}")).map(|memory| u128::from(memory.bytes()));
        if (4096..=i64::MAX as u128).contains(&bytes) {
            prop_assert_eq!(read, Ok(bytes));
        } else {
            prop_assert!(read.is_err());
        }
    }

    #[test]
    fn numbers_survive_their_text(number: u16) {
        let port = Port::from_number(number);
        prop_assert_eq!(port.is_ok(), number > 0);
        if let Ok(port) = port {
            prop_assert_eq!(Port::parse(&port.to_string()), Ok(port));
        }
        if let Ok(percent) = Percent::from_number(number) {
            prop_assert!((1..=100).contains(&number));
            prop_assert_eq!(Percent::parse(&percent.to_string()), Ok(percent));
        }
        let seconds = Seconds::from_number(number).unwrap();
        prop_assert_eq!(Seconds::parse(&seconds.to_string()), Ok(seconds));
    }

    #[test]
    fn ipv4_blocks_are_those_of_std(bits: u32, length in 0..=32_u32) {
        let network = bits & u32::MAX.checked_shl(32 - length).unwrap_or(0);
        let text = format!("{}/{length}", Ipv4Addr::from(network));
        prop_assert!(Cidr::parse(&text).is_ok(), "{}", text);
        prop_assert_eq!(Cidr::parse(&format!("{}/{length}", Ipv4Addr::from(bits))).is_ok(), bits == network);
    }

    #[test]
    fn ipv4_addresses_are_those_of_std(text in "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}") {
        prop_assert_eq!(cidr::ipv4(text.as_bytes()), text.parse::<Ipv4Addr>().ok().map(u32::from), "{}", text);
    }

    #[test]
    fn ipv6_addresses_are_those_of_std(groups in prop::array::uniform8(prop_oneof![Just(0_u16), any::<u16>()])) {
        let address = Ipv6Addr::from(groups);
        let text = address.to_string();
        prop_assume!(!text.contains('.'));
        prop_assert_eq!(ipv6::address(text.as_bytes()), Some(u128::from(address)), "{}", text);
    }

    #[test]
    fn ipv6_near_misses_are_those_of_std(text in "[0-9a-fA-Fg]{0,5}(::?[0-9a-f]{0,4}){0,9}") {
        prop_assert_eq!(ipv6::address(text.as_bytes()), text.parse::<Ipv6Addr>().ok().map(u128::from), "{}", text);
    }
}

#[test]
fn every_text_of_the_documented_grammar_is_accepted() {
    accepts_all::<DnsLabel>("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    accepts_all::<HostName>("([a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?\\.){0,6}[a-z]([a-z0-9-]{0,30}[a-z0-9])?");
    accepts_all::<Repository>(
        "([a-z]{1,9}(:[1-9][0-9]{0,3})?/)?[a-z0-9]{1,9}((\\.|_|__|-{1,3})[a-z0-9]{1,9}){0,3}",
    );
    accepts_all::<ImageRef>("[a-z0-9]{1,9}(/[a-z0-9]{1,9}){0,3}:[0-9_][A-Za-z0-9._-]{0,127}");
    accepts_all::<ImageRef>("[a-z0-9]{1,9}(:[0-9_][A-Za-z0-9._-]{0,127})?@sha256:[0-9a-f]{64}");
    accepts_all::<VariableName>("[A-Za-z_][A-Za-z0-9_]{0,40}");
    accepts_all::<LabelValue>("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    accepts_all::<LabelKey>(
        "([a-z]{1,9}(\\.[a-z]{1,9}){0,3}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?",
    );
    accepts_all::<DataKey>("[a-zA-Z0-9_-][-._a-zA-Z0-9]{0,252}");
    accepts_all::<PortName>("[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,3}){0,2}");
    accepts_all::<SemanticVersion>(
        "[1-9][0-9]{0,3}\\.0\\.[1-9](-[a-z][a-z0-9-]{0,5}(\\.[1-9])?)?(\\+[a-z0-9]{1,9})?",
    );
    accepts_all::<UrlPath>("(/([A-Za-z0-9._~:@-]|%[0-9A-F]{2}){0,9}){1,4}");
    accepts_all::<MountPath>("(/[a-z][a-z0-9._-]{0,9}){1,5}");
    accepts_all::<CronSchedule>(
        "(\\*|[1-5]?[0-9]|\\*/[1-9]) (\\*|1?[0-9]|[0-4]-[5-9]) (\\*|[1-9]) (\\*|JAN|[1-9]) (\\*|[0-6]|MON-FRI)",
    );
    accepts_all::<Region>("[a-z]{2,4}(-[a-z]{2,9}){1,2}-[1-9]");
    accepts_all::<InstanceType>(
        "[a-z]{1,3}[1-9][a-z]{0,3}\\.(nano|micro|small|medium|large|xlarge|[1-9][0-9]?xlarge|metal)",
    );
}
