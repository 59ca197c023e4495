//! Values that cannot hold nonsense.
//!
//! A literal is written with its macro and checked when it is compiled: `cpu!("500Mi")` is a compile error that names
//! the mend. Text that only the run knows is read by `parse`, with the same grammar and the same words ([`Nonsense`]).
//! A new one costs a file beside these, with its macro, its `text!` and its `check`, and a line in each list below and in the
//! notes of [`Input`].

mod declare;
mod deserialize;
mod input;
mod nonsense;
mod scan;

mod account_id;
mod cidr;
mod cpu;
mod cron_field;
mod cron_schedule;
mod data_key;
mod digest;
mod dns_label;
mod host_name;
mod image_ref;
mod image_tag;
mod instance_capacity;
mod instance_type;
mod ipv6;
mod kubernetes_version;
mod label_key;
mod label_value;
mod memory;
mod mount_path;
mod percent;
mod port;
mod port_name;
mod region;
mod repository;
mod role_arn;
mod seconds;
mod semantic_version;
mod url_path;
mod variable_name;

#[cfg(test)]
mod listed;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tried;

pub use account_id::AccountId;
pub use cidr::Cidr;
pub use cpu::Cpu;
pub use cron_schedule::CronSchedule;
pub use data_key::DataKey;
pub use digest::Digest;
pub use dns_label::DnsLabel;
pub use host_name::HostName;
pub use image_ref::ImageRef;
pub use image_tag::ImageTag;
pub use input::{Input, Quantity};
pub use instance_type::InstanceType;
pub use kubernetes_version::KubernetesVersion;
pub use label_key::LabelKey;
pub use label_value::LabelValue;
pub use memory::Memory;
pub use mount_path::MountPath;
pub use nonsense::{Mistake, Nonsense};
pub use percent::Percent;
pub use port::Port;
pub use port_name::PortName;
pub use region::Region;
pub use repository::Repository;
pub use role_arn::RoleArn;
pub use seconds::Seconds;
pub use semantic_version::SemanticVersion;
pub use url_path::UrlPath;
pub use variable_name::VariableName;

/// Every macro, for a prelude: `pub use infragen::spec::quantity::macros::*`.
pub mod macros {
    pub use crate::{
        account, cidr, cpu, cron, digest, host, image, instance, key, kubernetes, label_key, label_value,
        memory, mount, name, path, percent, port, port_name, region, repository, role_arn, seconds, tag,
        variable, version,
    };
}
pub use macros::*;
