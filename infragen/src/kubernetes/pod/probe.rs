//! A probe: what the kubelet asks a container.

use k8s_openapi::api::core::v1::{ExecAction, GRPCAction, HTTPGetAction, Probe, TCPSocketAction};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::kubernetes::deployment::number;
use crate::spec::quantity::PortName;
use crate::spec::{self, Base, Question};

pub(super) fn render(base: &Base, probe: &spec::Probe) -> Probe {
    let mut rendered = Probe {
        initial_delay_seconds: (probe.initial_delay > 0).then(|| number(probe.initial_delay)),
        period_seconds: Some(number(probe.period)),
        timeout_seconds: Some(number(probe.timeout)),
        failure_threshold: Some(number(probe.failures)),
        success_threshold: Some(1),
        ..Probe::default()
    };
    match &probe.question {
        Question::Http { path, port } => {
            rendered.http_get = Some(HTTPGetAction {
                path: Some(path.to_string()),
                port: by_name(base, port.as_ref()),
                scheme: Some("HTTP".to_owned()),
                ..HTTPGetAction::default()
            });
        }
        Question::Tcp { port } => {
            rendered.tcp_socket = Some(TCPSocketAction { port: by_name(base, port.as_ref()), host: None });
        }
        Question::Grpc { port } => {
            rendered.grpc = Some(GRPCAction { port: by_number(base, port.as_ref()), service: None });
        }
        Question::Exec { command } => {
            rendered.exec = Some(ExecAction { command: Some(command.clone()) });
        }
    }
    rendered
}

/// The port by its name, so that a changed number needs no other change.
fn by_name(base: &Base, port: Option<&PortName>) -> IntOrString {
    let name = port.or_else(|| base.ports.first().map(|port| &port.value.name));
    IntOrString::String(name.map_or_else(|| "http".to_owned(), ToString::to_string))
}

/// gRPC probes know no names.
fn by_number(base: &Base, name: Option<&PortName>) -> i32 {
    base.ports
        .iter()
        .find(|port| name.is_none_or(|name| port.value.name == *name))
        .map_or(0, |port| port.value.port.number().into())
}
